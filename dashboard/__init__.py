"""What the reports add up to, and how it looks."""
