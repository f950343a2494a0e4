"""What lies in front of cameras and scanners, and what a pen writes.

`paper` draws the pages of fixtures/documents on a `sheet`; `scan_image` makes of a page what a scanner would deliver;
`strokes` plays a recorded signature by the clock; `printed` says what lies in a printer's tray. Nothing but the
fixtures is read, and all is cached: the same page is the same bytes in every run.
"""
