"""Webhooks of end users, alert rules and the organization: configuration, deliveries, retries, circuit breaker."""
