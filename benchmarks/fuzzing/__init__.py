"""Inputs that nobody would write on purpose, and what must hold of each: see `benchmarks.fuzz`."""
