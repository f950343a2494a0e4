"""Commands about runs that are kept: what became of a scenario over time, what has changed, whether it suffices."""
