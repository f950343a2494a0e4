"""One visit as a pure state machine: (state, event, context) -> (state, commands). No clock, no I/O, no emulator."""
