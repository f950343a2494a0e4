"""What desks are told: how they stand, how the house stands, which appointments there are."""
