"""The German sentences about SoJuS: each module is one area, named by its `TITLE`, in the order of a placement.

`ground` has the fixture `sojus`, the world of a scenario, which all of them act in. A module of steps is a line under
the entry point `lisa.steps` in pyproject.toml.
"""
