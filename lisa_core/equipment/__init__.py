"""Devices and the call: all that stands between the booth's program and a wire.

    slots     what a booth can hold: one protocol per slot, one declaration from which every table is derived
      ^
    drivers   a device behind its slot           media    cameras, microphone, both ends of a call
      |                                            |
    codecs    bytes <-> values, sans-IO          (aiortc, av: only here)
      |
    lines     how the bytes get there: serial, HTTP, shared memory

The programs know `slots` only; which driver stands behind a slot says the profile (`lisa_core.config`). The emulator
knows `slots`, `codecs` and `lines.frames`, and no driver, so that it cannot inherit a driver's misreading.

Others may rely on `slots.devices` (what a driver fulfils), `slots.driver` (how it declares itself, ADR 46), every codec
by itself, and `lines.stream.ByteStream`. A new slot, driver or protocol: the recipes in CONTRIBUTING.md.
"""
