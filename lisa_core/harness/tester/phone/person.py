"""What an answer from the page is worth: the way by which it stands in the bundle (`certify.headline` judges by it).

No program can prove that a person sat before another program. What can be seen is the contrary: whoever types a code
that was shown less than two seconds ago, answers before anybody can have read, or sits at the very machine that runs
the tests, is no person inside the booth. Nothing of this is taken from what the page says of itself.
"""

from __future__ import annotations

import ipaddress
import socket

from lisa_core.harness.tester.panel import HERE, PHONE, PROGRAM

TYPED_S = 2.0
"""Nobody reads eight letters elsewhere and types them within this time."""
_NOBODYS = "192.0.2.1"
"""An address of documents (RFC 5737): where even this one can be bound, binding tells nothing."""
READ_S = 0.4
"""Nobody answers what was shown so shortly before; the page takes no tap for half a second (`deafen`)."""


def way_of(peer: str, here: str, paired_after_s: float, answered_after_s: float) -> str:
    """`peer` and `here` are the addresses of both ends of the connection; times in seconds."""
    if paired_after_s < TYPED_S or answered_after_s < READ_S:
        return PROGRAM
    return HERE if _is_this_machine(peer, here) else PHONE


def _is_this_machine(peer: str, here: str) -> bool:
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return True  # nobody knows where it came from
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or peer == here or (_is_own(str(address)) and not _is_own(_NOBODYS))


def _is_own(address: str) -> bool:
    """Whether this machine has this address, perhaps at another card: only its own can be bound."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
