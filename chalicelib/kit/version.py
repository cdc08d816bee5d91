"""The version, in the one place where it is written. `CHANGELOG.md` says what each one brought."""

VERSION = "0.1.0"
