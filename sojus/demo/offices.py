"""Who there is in the demonstration: two Landkreise of two Länder, their offices, and people who act for them."""

from __future__ import annotations

from typing import NamedTuple

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, TenantId
from sojus.domain.rights.tenants import Tenant
from sojus.service.directory import Directory, Office, directory

UCKERMARK, GREIFSWALD = TenantId("uckermark"), TenantId("vorpommern-greifswald")
BRANDENBURG, MECKLENBURG = TenantId("brandenburg"), TenantId("mecklenburg-vorpommern")
TENANTS = (
    Tenant(BRANDENBURG, "Brandenburg"),
    Tenant(MECKLENBURG, "Mecklenburg-Vorpommern"),
    Tenant(UCKERMARK, "Landkreis Uckermark", BRANDENBURG),
    Tenant(GREIFSWALD, "Landkreis Vorpommern-Greifswald", MECKLENBURG),
)
OFFICES = (
    Office(OfficeId("jugendamt"), UCKERMARK, Role.YOUTH_OFFICE, "Jugendamt Uckermark"),
    Office(OfficeId("jugendamt"), GREIFSWALD, Role.YOUTH_OFFICE, "Jugendamt Vorpommern-Greifswald"),
    Office(OfficeId("sozialamt"), UCKERMARK, Role.YOUTH_OFFICE, "Sozialamt Uckermark"),
    Office(OfficeId("landesjugendamt"), BRANDENBURG, Role.STATE_OFFICE, "Landesjugendamt Brandenburg"),
    Office(OfficeId("ministerium"), BRANDENBURG, Role.MINISTRY, "Sozialministerium Brandenburg"),
    Office(OfficeId("kreistag"), UCKERMARK, Role.DECISION_MAKER, "Jugendhilfeausschuss Uckermark"),
)


class DemoPerson(NamedTuple):
    """`name`: plainly invented, with what they do, for a button at the door."""

    id: str
    name: str
    actor: Actor


def demo_directory() -> Directory:
    """What all are called."""
    return directory(TENANTS, OFFICES)


def people() -> tuple[DemoPerson, ...]:
    """One for each office, and two who lead groups at providers."""
    made = (
        ("amt-uckermark", "Erika Muster, Jugendamt Uckermark", OFFICES[0]),
        ("amt-greifswald", "Max Probe, Jugendamt Vorpommern-Greifswald", OFFICES[1]),
        ("sozialamt", "Petra Beispiel, Sozialamt Uckermark", OFFICES[2]),
        ("land", "Klaus Muster, Landesjugendamt Brandenburg", OFFICES[3]),
        ("ministerium", "Ina Probe, Sozialministerium Brandenburg", OFFICES[4]),
        ("ausschuss", "Jens Beispiel, Jugendhilfeausschuss Uckermark", OFFICES[5]),
    )
    houses = (
        ("gruppe-kranich", "Anna Muster, Gruppenleitung bei der Musterhof Kranich gGmbH", "kranich", UCKERMARK),
        ("gruppe-boddenblick", "Tom Probe, Gruppenleitung beim Beispielhaus Bodden e. V.", "bodden", GREIFSWALD),
        ("heim-linde", "Ute Beispiel, Musterpflege Linde gGmbH", "linde", UCKERMARK),
    )
    offices = tuple(DemoPerson(key, name, Actor(one.role, one.id, one.tenant)) for key, name, one in made)
    return offices + tuple(
        DemoPerson(key, name, Actor(Role.PROVIDER, OfficeId(provider), tenant))
        for key, name, provider, tenant in houses
    )
