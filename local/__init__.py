"""Tools for the developer machine: the local cloud, deployment, the demo and the commands. Never packaged."""
