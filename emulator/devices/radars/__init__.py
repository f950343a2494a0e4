"""What the emulated radars share, and the tracking radar; the presence radar is `emulator.devices.presence`.

`clockwork` reports on time and answers commands; each radar brings its memory, its reports and its answers as values.
"""
