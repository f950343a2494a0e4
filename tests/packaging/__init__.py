"""Tests of what is handed out: the wheel, its data, and its manners in the projects of others."""
