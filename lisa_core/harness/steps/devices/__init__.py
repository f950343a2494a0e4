"""Sentences about devices themselves: what is done with one on the table, and whether what it does keeps its limits.

How it works: `sensor_acts`, `paper_acts` and `pen_acts` do something and note it on the scene's bench; `measures` has a
row for each measure by its German name, made of `sensors`, `papers`, `pen`, `outages` and `by_hand`, which read the
bench and what devices have reported. `door_unit`, `sound` and `sight` are rooms of the same kind for other slots. One
sentence asks for all of them, and compares with what the requirements of the scenario set.
"""
