"""Tests of the plugin: what it refuses, what it runs, what it reports, and its virtual clock."""
