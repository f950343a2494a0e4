"""Benchmarks: each can be run by itself and prints its figures; its test only sees that figures come out."""
