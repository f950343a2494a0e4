"""VISCA, by which a camera is turned and zoomed: both sides, sans-IO.

Sources: Sony EVI-D70 technical manual, command list (commands, inquiries), page 38 there (what a camera sends); Sony
SRG-300H technical manual, page 28 (the same over IP: the camera is always number 1). A message is a header, 1 to 14
bytes and FF. Nothing else tells where it begins: the last byte that can begin one does, so junk before it costs
nothing. Positions are four nibbles, one a byte, two's complement for pan and tilt.

`requests` and `replies` have the words, `parsers` finds them in a stream, `ip` is the header of a datagram.

    to the camera    8x | 01 .. command, 09 .. inquiry, 2y cancel socket y            | FF     x: camera 1 to 7
                     88 | 30 01 address set, 01 00 01 forget all                      | FF     to every camera
    from the camera  z0 | 4y accepted, 5y done (socket y 1 or 2), 50 .. answer        | FF     z: camera + 8
                     z0 | 6y why: 01 length, 02 syntax, 03 two at work, 04 cancelled,
                          05 no such socket, 41 cannot be done now                    | FF
                     z0 | 38 a camera has come or gone                                | FF

    zoom to 0x4000    81 01 04 47 04 00 00 00 ff          accepted  90 41 ff          done  90 51 ff
    where is it       81 09 06 12 ff                      answer    90 50 0f 0a 06 00 00 01 06 08 ff     -1440, 360
    a third command   81 01 06 04 ff                      refused   90 60 03 ff
"""
