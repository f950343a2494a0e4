"""Hardware profiles and the configuration of a Landkreis: TOML, checked at once and as a whole, then values.

How it works: `toml.read_toml` reads a file, `renamed.understood` moves old keys to where they belong, `toml.check`
holds it against a schema; then the file is checked against itself. All faults are reported together, each with file,
line, key and the nearest known word, as one `ProfileError`. What comes out are values of `domain.model.directory` and
`profile.Profile`; nobody reads a file later. A profile goes another way to the same end: `hardware` leaves out what is
wrong and looks at the rest, and `vendor` asks the devices of one that is right.

Others may rely on `profile.load_profile`, `directory.load_directory`, `form_files`, `drivers` (which drivers there are,
our own and those of others), `binding` (from a profile to opened slots), `late_devices` (slots whose device comes
later) and `migration` (old files rewritten).
"""
