"""What the stack is made of: `system` lists it, `template` and `policies` write it out, `package` builds it."""
