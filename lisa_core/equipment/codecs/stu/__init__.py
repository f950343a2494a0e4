"""Wacom STU signature pads: `reports` is what host and pad say, `table` its bytes, `framing` the serial line.

Sources: ids, lengths and states as in the vendor's public header Protocol.hpp and its state table (ProtocolHelper);
framing as in SerialProtocol.cpp; facts only, no code. docs/devices.md says what a stranger has verified.

    report   number u8 | fields         80 03     GetReport(3): send me your Status
                                        21 01     InkingMode(1): draw what the pen writes
    on a serial line each report is framed: see `framing`

    host: GetReport(n)  -->                         host: a setting  -->
    pad:  <-- report n                              pad:  <-- SetResult      (0 = done, or why not)
    pad:  <-- PenData, PenDataTimeCountSequence     unasked, between all of that, 150 or 200 a second
"""
