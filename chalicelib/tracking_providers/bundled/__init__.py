"""One module for each provider, with a `PROVIDER`. The module's name is the provider's name in settings."""
