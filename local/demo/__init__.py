"""The demo of `make run`: data, a webhook receiver, a bridge service, and commands to try."""
