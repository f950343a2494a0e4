"""The computer we run on: clocks, disk, memory, signals, addresses, and what it may lack."""
