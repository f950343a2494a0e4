"""The driver of a camera head that speaks VISCA.

head     the device: one command at a time, waited for; where it stands is asked, not believed. `DRIVER` is here
wire     how the bytes travel: a stream (serial line, raw TCP), or datagrams with Sony's header
faults   what is said of a head that refuses, stands still or is silent
"""
