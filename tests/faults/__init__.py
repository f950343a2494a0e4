"""Every device fails in each of its ways at each step of a visit; and the visit ends well all the same."""
