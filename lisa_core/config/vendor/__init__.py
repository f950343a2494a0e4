"""A vendor and his device: what hangs at the addresses of a profile, held against what is said of it there.

`trouble` tells what keeps a device from being asked, and whose business that is; `probe` asks; `compared` says what
differs; `asked` writes into the profile what a device has said; `found` looks what there is to bind.
"""
