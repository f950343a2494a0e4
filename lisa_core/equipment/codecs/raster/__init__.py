"""Pages as rows of pixels, for printers that read no PDF: `lines` packs rows, `pwg` and `urf` put a head before them.

Sources: PWG 5102.4-2012, "PWG Raster Format", 4.2 (packing) and 4.3 (head of a page, 1796 bytes); for URF, which its
maker has published nowhere, the readers of libcups and of Ghostscript. Numbers are big-endian.

    PWG: "RaS2"                  | (head of 1796 bytes | rows) ...
    URF: "UNIRAST" 0 | pages u32 | (head of   32 bytes | rows) ...
    rows:    (repeated u8: as many rows more as this one | row) ...
    row:     00..7f n | pixel          n + 1 times the same pixel
             81..ff n | pixels         257 - n pixels, each its own
             80                        the rest of the row is white

A row begins on a whole byte. What is a pixel there is a byte where a real one is smaller.
"""
