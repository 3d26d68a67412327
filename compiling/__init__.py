"""Compiled kernels for the rooms that need them; the rooms know this package, and it knows none of them."""
