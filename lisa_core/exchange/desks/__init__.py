"""What desks are told: how each stands, how many colleagues are free, which appointments there are.

The desk concerned hears at once; the numbers for all others are collected and told in rounds of a few desks, so that a
thousand desks do not hold up one call (`desk_states`, `rounds`). `diary` is an agent's list of appointments.
"""
