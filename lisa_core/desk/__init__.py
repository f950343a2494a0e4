"""The agent's client without a page: the same link, the same call; for scenarios and scripts."""
