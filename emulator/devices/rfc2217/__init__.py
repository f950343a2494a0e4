"""A port server in front of emulated serial devices: their lines over TCP, with speed and parity (RFC 2217).

`telnet` is the protocol, pure; `server` opens the device's line as any client does and hands its bytes on.
"""
