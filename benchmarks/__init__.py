"""Figures, not tests: each benchmark prints ratios of things measured side by side in one run."""
