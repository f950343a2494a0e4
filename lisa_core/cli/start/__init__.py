"""What `lisa booth`, `lisa exchange` and `lisa up` do once they are asked to: imported only then."""
