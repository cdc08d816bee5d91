"""What only a developer machine needs: the local cloud, deploying, the demonstration, the commands. Never packaged."""
