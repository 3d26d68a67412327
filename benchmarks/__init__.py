"""Measurements: speed (`python -m benchmarks`), and calibration, power and others, each a module of that name."""
