"""One booth and its exchange together in one process: what `lisa run` and `lisa up` start."""
