"""Menon et al. 2020, Why distillation helps: a statistical perspective (ICML 2021)."""
