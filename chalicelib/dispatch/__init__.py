"""Which webhooks, rules, emails and cleanups an event concerns."""
