"""A vendor with one device and one file: what is wrong with it, who hangs there, what there is to bind."""
