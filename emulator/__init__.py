"""The physical world around a booth and the devices in it, speaking their real protocols.

    world     one state of the physical booth, and who acts in it
    devices   sample it, and answer on wires, byte by byte
    paper     pages, scans, pen strokes
    stage     the page on which a person plays the citizen

`booth.open_booth` runs the devices on ptys and sockets; `memory.open_booth` fulfils the slots directly, for virtual
time. Both are found through the entry-point group `lisa.booths`; `lisa_core` never imports this package.

An emulated device knows the protocol (`equipment.codecs`) but no driver, so it cannot share a driver's misreading.
"""
