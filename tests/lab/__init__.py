"""A vendor's laboratory: devices that nobody here wrote, on lines of their own, and programs that share them."""
