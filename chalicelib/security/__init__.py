"""Encryption, keyed hashes and rate limits."""
