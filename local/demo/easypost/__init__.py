"""A demo of EasyPost that behaves like its API, as far as the tracking feed uses it."""
