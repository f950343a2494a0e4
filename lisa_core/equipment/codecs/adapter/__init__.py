"""What LISA and an adapter say to each other: lines of JSON, one message each, the same on a pipe and on TCP. Sans-IO.

An adapter is a program of somebody else that speaks for one device in one slot (docs/adapter.md). `lines` cuts the
stream, `messages` has the eleven kinds of lines, `keys` proves who is at the other end and signs every line. What is in
them (methods, values) follows from the protocol of the slot: `equipment.slots.promises.methods`.
"""
