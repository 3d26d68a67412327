"""What the papers lean on: inequalities and learning bounds from the textbooks."""
