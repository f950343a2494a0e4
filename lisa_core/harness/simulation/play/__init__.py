"""Playing a simulation: ordered, run, reported, shortened and told as a scenario."""
