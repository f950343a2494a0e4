"""How people write and read tests: the pytest plugin, the step library, the reports."""
