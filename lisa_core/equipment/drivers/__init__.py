"""One driver per file: it fulfils the protocols of its slots (`slots.devices`) by a codec over a line.

Each file ends with `DRIVER`, the declaration of its name, slots, addresses and options (`slots.driver.Driver`), and has
an async context manager that yields the opened device. The file is imported to be asked; what it talks through
(pyserial, httpx ...) is imported when it is opened. `config.drivers` finds ours by their list and others by the
entry points `lisa.drivers`; nobody imports a driver by name.

A driver raises `DeviceFault` and nothing else: the code is stable, the sentence is for whoever runs the booth.
"""
