"""Kaplun et al. 2022, Knowledge Distillation: Bad Models Can Be Good Role Models (NeurIPS 2022)."""
