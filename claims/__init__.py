"""The catalogue: one theorem per file, claims/<paper>/<slug>.py; nothing imports it by name."""
