"""Who may: people who log in, keys of booths, and what becomes of whoever cheats (ADR 96, 97)."""
