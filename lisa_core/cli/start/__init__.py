"""What `lisa booth`, `lisa exchange` and `lisa up` do once they are asked to: imported only then.

Each module opens what its program needs, prints where it can be reached, and runs until it is interrupted. `lisa
exchange` loads nothing of a booth. `seal_key` reads the booth's seal key, or makes one where there is none.
"""
