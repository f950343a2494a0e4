"""Several booths, desks and one exchange, all with their real executors, in virtual time."""
