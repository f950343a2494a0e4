"""Hardware profiles and the configuration of a Landkreis: TOML, checked at once and as a whole, then values."""
