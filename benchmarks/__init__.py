"""Measurements of the engine: calibration, power, speed. Run each module by name."""
