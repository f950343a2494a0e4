"""What booths hand in: taken, checked, kept for the offices, and what these still owe."""
