"""What must not get into a recording is replaced before anything is kept, by a mask for each kind of device.

mask      what every mask can do; by itself it lets nothing through but lengths
pictures  the size and kind of a picture, read from its first bytes
pages     scanners (eSCL): pages become descriptions of pictures
printing  printers: documents become lengths, names of jobs and people are written over
pen       signature pads (STU): where the pen was becomes a line that nobody wrote
cards     card readers (vpcd): a card becomes another one of its kind
choice    which of them a device gets: what nobody has thought of gets the one that lets nothing through
"""
