"""Cotter et al. 2021, Distilling Double Descent."""
