"""The router's rules, one crisp test each, and random lives of a whole switchboard."""
