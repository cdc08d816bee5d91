"""Smart alerts: rules, their conditions, and the notifications they make."""
