"""Tests of the form: what can be counted about the code, the walls between the rooms, the checkers of others."""
