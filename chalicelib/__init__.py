"""Orderly Embed: everything that is packaged into the functions. One package per domain; see docs/architecture.md."""
