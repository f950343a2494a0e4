"""What the emulated scanner is made of: jobs, sheets, what real ones offer, what it announces."""
