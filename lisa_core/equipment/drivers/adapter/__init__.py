"""Driver for devices that speak through a program of somebody else: binding `adapter:COMMAND`, `adapter:tcp://host:port`.

`driver` declares it, `device` keeps its program running and takes it up again, `talk` is one conversation with it, over
pipes or over TCP (`keyed`: with a key), `slot` makes a slot of any kind of it, `delay` knows how long its line takes.
What is said stands in `equipment.codecs.adapter`, how in docs/adapter.md.
"""
