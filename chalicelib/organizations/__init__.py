"""Organizations, embed configs and end users as authentication reads them; principals and scopes."""
