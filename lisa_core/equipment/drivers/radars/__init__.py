"""What the drivers of radars share, and that of the tracking radar. The presence radar's is `equipment.drivers.ld2410`.

`line.RadarLine` takes reports in and sends commands; each driver says what its reports mean.
"""
