"""What `lisa portal` is told on its command line, and what of it can be read before anything is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lisa_core.cli.arguments import Stored, address
from lisa_core.cli.start.served import both_of, check_encrypted
from lisa_core.config.landkreis.office_portal import page_address
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.web.asgi import LOOPBACK
from sojus.config.field_file import load_vocabulary, shipped_fields
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, TenantId

DEMO_OUTSIDE = "--demo: Vorgeführt wird nur auf diesem Rechner; 127.0.0.1 angeben, und kein Zertifikat."
NO_PLACE = (
    "--data (Ordner) oder --store (Datenbank) fehlt: Das Portal braucht einen Ort für Plätze und Konten. "
    "Zum Ausprobieren: lisa portal --demo"
)
NO_OFFICES = (
    "--offices (Datei mit den Landkreisen und Stellen) fehlt. Wie sie aussieht, steht in docs/portal.md; zum "
    "Ausprobieren: lisa portal --demo"
)
TWICE = "--fields: Das Arbeitsfeld „{}“ kommt zweimal vor. Eines davon weglassen."


@dataclass(frozen=True, slots=True)
class Told:
    """As typed. `files`: certificate and key."""

    listen: str
    files: tuple[Path | None, Path | None]
    stored: Stored
    offices: Path | None
    fields: tuple[str, ...]
    openid: Path | None
    one_factor: bool = False
    demo: bool = False
    at: str = ""
    """As if it were so late; "": as it is."""
    privacy: Path | None = None
    desks: tuple[str, ...] = ()
    """Addresses of desks beside which it is opened."""

    def address(self) -> tuple[str, int]:
        """Where it listens. Raises `LisaError` for one beyond loopback without TLS, or with invented people."""
        host, port = address(self.listen)
        outside = both_of(*self.files) is not None
        if self.demo and (host not in LOOPBACK or outside):
            raise LisaError(DEMO_OUTSIDE)
        check_encrypted(host, port, tls=outside)
        return host, port

    def check_whole(self) -> None:
        """Raises `LisaError` where something is missing without which there is no portal."""
        if self.demo:
            return
        if self.stored.named() is None:
            raise LisaError(NO_PLACE)
        if self.offices is None:
            raise LisaError(NO_OFFICES)

    def origins(self) -> tuple[str, ...]:
        """Of the desks. Raises `ProfileError` for what is no address of one."""
        try:
            return tuple(dict.fromkeys(page_address(one).origin for one in self.desks))
        except ProfileError as error:
            raise ProfileError(f"--desk: {error}") from None

    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """Of all fields of work. Raises `LisaError` with file, line and key."""
        found = [load_vocabulary(one) for one in self.fields or shipped_fields()]
        ids = [one.id for one in found]
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            raise LisaError(TWICE.format(twice))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class WishedMember:
    """As typed. `openid`: of a new account."""

    name: str
    role: str
    office: str
    tenant: str
    offices: Path | None
    openid: str

    @property
    def actor(self) -> Actor:
        return Actor(Role(self.role), OfficeId(self.office), TenantId(self.tenant))
