"""What was reported, and when: reading feed files, saved nights and recordings. Knows nothing of tallies or screens."""
