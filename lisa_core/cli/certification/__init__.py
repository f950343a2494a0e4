"""Bundles: `lisa certify` makes one, `lisa verify` checks one on another machine, offline."""
