"""Classes of certification as the harness sees them: what is wrong in their files, and what they ask of scenarios.

The files and their values belong to `config.classes`; here they become findings for `lisa lint` and an editor, and
requirements that a scenario shows with `@anf:`.
"""
