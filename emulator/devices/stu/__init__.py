"""An STU pad that is emulated: its models, its rules, its USB side, and who serves a USB device over USB/IP."""
