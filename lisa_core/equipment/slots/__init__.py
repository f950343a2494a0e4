"""What a booth can hold, without I/O: contracts and declarations, no code that does something.

`devices.Slots` has one field per slot: the field's name is the slot's name, its type the protocol that a driver
fulfils, its default the declaration (`declaration.Slot`). `catalogue` derives every table from it; nothing is listed
twice. `driver.Driver` is the same for drivers. `call` holds the contracts of a call's ends, `actor.Actor` what a
person in the booth can do, `booths` how a booth is opened for a run (entry points `lisa.booths`).

Others may rely on all of it. Every method of a device may raise `DeviceFault`, whose code is stable.
"""
