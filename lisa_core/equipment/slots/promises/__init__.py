"""What every slot promises, whoever serves it, from its protocol: others are held to it.

`methods` has the methods of a slot as values, how long each may take, and what is wrong with a value whose types are
right; `delayed` is what a device says of its line.
"""
