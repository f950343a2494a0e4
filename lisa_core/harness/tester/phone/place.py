"""`--listen ADDRESS[:PORT]`: one address of this machine, read and bound. Served is there and nowhere else."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
from dataclasses import dataclass

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.harness.text.language import say
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause

MOST_CHARS = 60
"""The longest address with its port is shorter."""
_FORM = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<four>[^:\[\]]+))(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class ListenPlace:
    """An address of this machine, without a name to look up; port 0 takes a free one."""

    host: str
    port: int = 0

    @property
    def is_loopback(self) -> bool:
        """Whether nobody else can reach it: for tests and to show how it goes."""
        return ipaddress.ip_address(self.host).is_loopback


def listen_place(text: str) -> ListenPlace:
    """What `--listen` names. Raises `LisaError`."""
    found = _FORM.fullmatch(text[:MOST_CHARS])
    parts = found.groupdict() if found else {}
    host, port = parts.get("six") or parts.get("four") or text[:MOST_CHARS], int(parts.get("port") or 0)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is None or port > 65535 or "%" in host or len(text) > MOST_CHARS:
        what = say("--listen: „{text}“ ist keine Adresse dieses Rechners.", text=text[:MOST_CHARS])
        raise LisaError(f"{what} {say('Zum Beispiel: --listen 192.168.1.5 oder --listen 192.168.1.5:8443')}")
    if address.is_unspecified or address.is_multicast:
        what = say("--listen: {text} heißt „überall“.", text=text)
        raise LisaError(f"{what} {say('Die eine Adresse nennen, unter der das Telefon diesen Rechner erreicht.')}")
    return ListenPlace(str(address), port)


def bound(place: ListenPlace) -> socket.socket:
    """A listening socket there. Raises `LisaError` where this machine has no such address, `MachineError` where the
    port is taken or cannot be had."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            what = say("--listen: Die Adresse {host} hat dieser Rechner nicht.", host=place.host)
            raise LisaError(f"{what} {say('Welche er hat, zeigt: ip address')}") from error
        if error.errno == errno.EADDRINUSE:
            what = say("--listen: Der Port {port} auf {host} ist schon belegt.", port=place.port, host=place.host)
            raise MachineError(
                f"{what} {say('Einen anderen nennen, oder keinen: Dann wird ein freier genommen.')}"
            ) from error
        where = place_of(place.host, place.port)
        raise MachineError(
            say("--listen: {where} lässt sich nicht benutzen ({why}).", where=where, why=cause(error))
        ) from error
