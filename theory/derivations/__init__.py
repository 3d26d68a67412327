"""Derivations of the catalogue's theorems, one module per subject, imported when a proof is looked at."""
