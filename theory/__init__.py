"""What is claimed: formulas derived in SymPy from their definitions and evaluated exactly."""
