"""One HTTP request from the gateway to the response: authentication, limits, idempotency, routing, OpenAPI."""
