"""How a run begins: `lisa run`, and a folder to begin with."""
