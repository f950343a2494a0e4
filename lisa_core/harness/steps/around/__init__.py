"""Sentences of what lies around a talk: an agent's seat, who comes in and what is left, times of a tester's own."""
