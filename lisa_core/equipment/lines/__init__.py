"""How bytes reach a device. No meaning is known here.

`stream.ByteStream` is the contract: read, write, wait for the line after a loss, close. `serial.open_serial` fulfils it
for device paths, `socket://` and `rfc2217://`; `null_modem.memory_pair` joins two ends in memory. `http` is a client
for devices with bounded answers, `frames` the shared-memory port on which a camera leaves its newest picture;
`programs` are those of this machine through which a device is reached.

A line that is gone is a `DeviceFault` with the code `link.lost`; its reason is put into German by `serial_faults`.
"""
