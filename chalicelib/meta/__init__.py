"""What the deployment says about itself."""
