"""Smart alerts: rules, their conditions, and the alerts they send."""
