"""Asking a tester: the panel, the two ways to answer, and the guided actor on a real run."""
