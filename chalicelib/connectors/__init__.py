"""Shops and shippers that connect without a bridge service: the runtime, and a package for each platform."""
