"""The portal of an office: what its agents open beside a call, as the file of a Landkreis names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from lisa_core.config.directory_faults import Fault, tables_of
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.host.address import Address, Grammar, place_of, read_address

PAGES = Grammar("https://plaetze.landkreis.example", {"http": 80, "https": 443}, path=True)
KNOWN = "/.well-known/lisa-desk"
"""Where a portal says, to whoever asks with `?desk=ORIGIN`, which of these desks it knows: {"known": [origin, ...]}."""
MOST_NAME = 40
"""Maximum number of characters of a portal's name: it stands on a button."""
_HERE = ("127.0.0.1", "localhost", "::1")
_OPEN = (
    "„{}“ geht ohne Verschlüsselung über das Netz. Die Adresse mit https:// angeben; http:// geht nur auf diesem "
    "Rechner (127.0.0.1)."
)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Where a page is. `origin`: as browsers name it, in small letters and without the usual port."""

    address: str
    origin: str


class Beside(NamedTuple):
    """A portal that runs beside the desks. `told`: what it is called in a list, `name`: on a button. `offices`: the
    address that the desks of each open."""

    told: str
    address: str
    name: str
    offices: Mapping[str, str]


def with_portals(directory: Directory, beside: Iterable[Beside]) -> Directory:
    """Offered at the desks of these offices, but for those whose file names a portal: what is written there holds."""
    offices = dict(directory.offices)
    for one in beside:
        for key, address in one.offices.items():
            office = offices.get(OfficeId(key))
            if office is not None and not office.portal:
                offices[office.id] = replace(office, portal=address, portal_name=one.name)
    return replace(directory, offices=offices)


def page_address(text: str) -> PageAddress:
    """Read it. Raises `ProfileError` for what is no address of a page, or of one that anybody on the way may change."""
    read = read_address(text, PAGES)
    if read.scheme != "https" and read.host not in _HERE:
        raise ProfileError(_OPEN.format(text))
    return PageAddress(text, origin_of(read))


def origin_of(read: Address) -> str:
    """Scheme, host and port."""
    place = place_of(read.host.lower(), read.port)
    return f"{read.scheme}://{place.removesuffix(f':{PAGES.ports[read.scheme]}')}"


def portal_faults(raw: JsonMap) -> Iterator[Fault]:
    """What is no address, a name without one, or none that fits on a button; what is no text is somebody else's."""
    for key, office in tables_of(raw)["offices"].items():
        portal, name = office.get("portal", ""), office.get("portal_name", "")
        if isinstance(portal, str) and portal:
            try:
                page_address(portal)
            except ProfileError as error:
                yield f"offices.{key}.portal", str(error)
        if isinstance(name, str) and name and not portal:
            yield f"offices.{key}.portal_name", "Dazu fehlt die Adresse: den Schlüssel „portal“ angeben."
        if isinstance(name, str) and (len(name) > MOST_NAME or not name.isprintable()):
            yield f"offices.{key}.portal_name", f"Der Name steht auf einem Knopf: höchstens {MOST_NAME} Zeichen."
