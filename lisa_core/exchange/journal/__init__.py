"""What the exchange must not lose: written before anything is told, read again after a kill."""
