"""From where something comes, as it is counted: whoever has many addresses is one all the same."""

from __future__ import annotations

import ipaddress


def network_of(address: str) -> str:
    """One IPv4 address, or the /64 in which a machine chooses its IPv6 address; what is no address stays as it is."""
    if ":" not in address:
        return address
    try:
        found = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found) >> 64 << 64, 64)))
