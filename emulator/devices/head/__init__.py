"""The emulated head of the camera over the table.

unit     one camera: what it does when it is told something, and what it says
wires    how it is reached: a pty, UDP with Sony's header, bare bytes over TCP
"""
