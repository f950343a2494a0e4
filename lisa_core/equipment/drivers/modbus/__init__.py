"""How a Modbus unit is asked, whatever carries the questions; its slots are made in `equipment.drivers.modbus_io`.

`master.Master` asks one question at a time through a framing (serial line or network); `faults` says what to make of a
unit that refuses or does not answer.
"""
