"""The runtime at the Landkreis: routing, desks, event log, signalling and the desk page. Booths and desks dial it."""
