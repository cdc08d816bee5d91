"""The declaration of endpoints, and what handlers work with: requests, bodies, responses, CORS and paging."""
