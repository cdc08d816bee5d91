"""Benchmarks. Each prints ratios of systems that take turns in one run."""
