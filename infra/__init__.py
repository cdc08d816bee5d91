"""What the stack is made of: `system` lists the parts, `template` and `policies` write them out, `package` builds the artefact."""
