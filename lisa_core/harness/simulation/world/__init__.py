"""What acts in a simulation: booths, desks, the exchange, lines, citizens, and what goes wrong.

    Visitor --(door, seat, touch)--> PhysicalRoom --(readings)--> SimulatedBooth --(line)--> SimulatedExchange
       ^                                                              |                            |
       +------------------------(what the screen shows)---------------+      Seat <---(line)-------+

`booth.SimulatedBooth` and `exchange.SimulatedExchange` do what the executors of the product do, in the same order
(event, machine, log, commands, screen), and take everything pure from there: machines, the meaning of messages, log
entries, screens. Made up is only what surrounds them: `room` (sensors, which may err), `casework` and `delivery`
(devices and the office answer after a while), `line` (latency and outages), `visitor` and `seat` (who asks the policies
of `plan`).

`stage.Stage` is what all of them share; `agenda.Agenda` is the only clock; `alarm.Alarm` the one timer of each.
"""
