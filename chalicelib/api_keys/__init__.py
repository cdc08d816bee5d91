"""API keys of organizations and service keys of bridge services."""
