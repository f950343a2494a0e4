"""Wacom STU signature pads: `reports` is what host and pad say, `table` its bytes, `framing` the serial line.

Sources: ids, lengths and states as in the vendor's public header Protocol.hpp and its state table (ProtocolHelper);
framing as in SerialProtocol.cpp; facts only, no code. docs/devices.md says what a stranger has verified.
"""
