"""What people write about a field of work, of offices and of privacy, read into the values of the core.

How it works: `tables` reads a file against a schema; every mistake is told at once, with file and line. `field_file`
reads a vocabulary so (docs/felder.md), with the schema of `field_tables` and the looks of `field_faults`;
`privacy_file` terms and purposes, `offices_file` who there is.
"""
