"""Whom one believes who checks, and what others add to a bundle: list of trust, challenge, second signature.

    liste.toml --countersign--> trust list (signed by the authority): keys with their scope, withdrawn, class versions
    challenge: dated and random, handed out before a run        countersignature: who saw the device, when, its number
                          \\                                         /
    a bundle that is whole --> standing: does it count here, and on this day?

All of it is checked offline; how old the list is stands beside what follows from it.
"""
