"""What is removed or moved in the background, after a bridge or an end user is gone."""
