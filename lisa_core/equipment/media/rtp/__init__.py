"""What arrives as packets, and in what order it is given on."""
