"""Organizations: who has an embed config and API keys."""
