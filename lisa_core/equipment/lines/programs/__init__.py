"""Devices that are reached through programs of this machine, each in a process of its own.

`tool` runs one and takes it away again; `sound` speaks through those of the sound server, `drawing` has pages of a PDF
drawn. What they say is read by codecs; a program that is missing is named with the package of Debian that has it.
"""
