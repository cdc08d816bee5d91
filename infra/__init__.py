"""The stack as code: `system` lists its parts, `template` and `policies` generate them, `package` builds them."""
