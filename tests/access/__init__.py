"""Who may: the keys of booths, what is demanded of them, and what becomes of whoever cheats."""
