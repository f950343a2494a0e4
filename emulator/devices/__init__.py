"""The emulated devices, each on its own line and in its own protocol.

One module for each, with an `open_...(world, listen="")` that runs the device and yields the address on which it can be
reached (`emulator.booth.DEVICES` names them all; others add theirs through the entry-point group `lisa.devices`). A
device samples the world when it is asked or when its period is over, encodes with `equipment.codecs` and answers
configuration as the real one does. A device whose name stands in `World.silent` says nothing.

`pty` and `listener` are their lines: a pseudo-terminal, a socket. `scenery` draws what the cameras see.
"""
