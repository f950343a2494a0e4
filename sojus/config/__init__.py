"""What people write about a field of work, read into the values of the core.

How it works: `field_file` reads a vocabulary (docs/felder.md) with the schema of `field_tables` and the looks of
`field_faults`; every mistake is told at once, with file and line.
"""
