"""The version. Everything else reads it from here; `CHANGELOG.md` lists the changes of each."""

VERSION = "0.1.0"
