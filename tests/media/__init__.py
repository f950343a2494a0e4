"""Tests of the call."""
