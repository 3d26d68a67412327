"""Derivations: what the proofs of the catalogue do, one module per subject. They are imported when a proof is looked at."""
