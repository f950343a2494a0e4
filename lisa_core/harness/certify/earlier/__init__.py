"""What a bundle says so that a later one may lean on it: which program it was, part by part; and on what it leans.

Values and their JSON, and how the parts are worked out of the files of this program. What follows: `certify.since`.
"""
