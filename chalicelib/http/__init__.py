"""The declared-endpoint layer: from a request of the gateway to an answer, the same way for every endpoint."""
