"""`lisa portal`: the portal of SoJuS, and whose accounts it knows. Parse, call, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.stored.place import at_place, stored_in
from sojus.domain.model.actors import Role

if TYPE_CHECKING:
    from lisa_core.cli.arguments import Stored
    from lisa_core.store.postgres.place import DatabaseAddress

ROLES = [one.value for one in Role if one is not Role.CLOCK]
FOLDER = "Ordner des Portals (lisa portal --data)."
DATABASE = "Datenbank des Portals statt eines Ordners; mit Passwort nur in LISA_STORE."
OFFICES = click.option(
    "--offices", type=click.Path(path_type=Path), help="Datei: Landkreise, Länder und ihre Stellen (docs/portal.md)."
)
ROLE = click.option("--role", required=True, type=click.Choice(ROLES), help="Für wen dieses Konto handelt.")
OFFICE = click.option("--office", required=True, help="Kennung der Stelle; bei einem Träger die des Trägers.")
TENANT = click.option("--tenant", required=True, help="Kennung des Landkreises oder Landes.")


@click.group(invoke_without_command=True)
@click.option("--listen", default="127.0.0.1:8420", show_default=True, help="Adresse; über loopback hinaus mit TLS.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Zertifikat für TLS (PEM, mit Ausstellern).")
@click.option("--key", type=click.Path(path_type=Path), help="Sein Schlüssel (PEM, ohne Kennwort).")
@stored_in(
    "Ordner für Plätze, Konten und Namen.",
    "Datenbank statt eines Ordners: postgresql://BENUTZER@RECHNER/DATENBANK; mit Passwort nur in LISA_STORE.",
)
@OFFICES
@click.option("--fields", multiple=True, help="Arbeitsfeld: Name oder .toml-Datei; auch mehrmals. Sonst alle.")
@click.option("--one-factor", is_flag=True, help="Ein Kennwort genügt zur Anmeldung (ohne zweiten Faktor).")
@click.option("--openid", type=click.Path(path_type=Path), help="Datei: Konten anderer Häuser (OpenID Connect).")
@click.option("--privacy", type=click.Path(path_type=Path), help="Datei: Zwecke und Fristen für Namen.")
@click.option("--desk", "desks", multiple=True, help="Adresse von Arbeitsplätzen (LISA), die es öffnen; auch mehrmals.")
@click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")
@click.option("--demo", is_flag=True, help="Mit erfundenen Plätzen und Menschen, nur auf diesem Rechner.")
@click.option("--check", is_flag=True, help="Nur nachsehen, ob es so startet: alles auf einmal, nichts wird geändert.")
@click.pass_context
def portal(
    context: click.Context,
    listen: str,
    certificate: Path | None,
    key: Path | None,
    stored: Stored,
    offices: Path | None,
    fields: tuple[str, ...],
    one_factor: bool,
    openid: Path | None,
    privacy: Path | None,
    desks: tuple[str, ...],
    at: str,
    demo: bool,
    check: bool,
) -> int:
    """SoJuS: freie Plätze und Hilfen suchen, reservieren, melden, in Echtzeit.

    Ohne einen weiteren Befehl startet es; die Befehle verwalten, wer für welche Stelle handelt. Mehrere dürfen an einer
    Datenbank arbeiten.

    \b
    Beispiel:  lisa portal --demo
               lisa portal --listen 0.0.0.0:443 --certificate land.pem --key land.key --data /var/lib/sojus \\
                 --offices stellen.toml
               lisa portal member add e.muster --role jugendamt --office jugendamt --tenant uckermark \\
                 --data /var/lib/sojus
    """
    if context.invoked_subcommand is not None:
        return 0
    from sojus.cli.told import Told

    files = (certificate, key)
    told = Told(listen, files, stored, offices, fields, openid, one_factor, demo, at, privacy, desks)
    if check:
        from sojus.cli.check import check_portal

        return check_portal(told)
    from lisa_core.host.program import run_program
    from sojus.cli.start import start_portal

    return run_program(start_portal(told))


@portal.group()
def member() -> None:
    """Wer für welche Stelle handelt: eintragen, zeigen, beenden.

    \b
    Beispiel:  lisa portal member list --data /var/lib/sojus
    """


@member.command()
@click.argument("name")
@ROLE
@OFFICE
@TENANT
@OFFICES
@click.option("--openid", default="", help="Wer sie beim Aussteller ihres Landkreises ist; dann hier ohne Kennwort.")
@click.option("--stdin", is_flag=True, help="Kennwort von der Standardeingabe, auf Dauer (für Programme).")
@at_place
def add(
    name: str,
    role: str,
    office: str,
    tenant: str,
    offices: Path | None,
    openid: str,
    stdin: bool,
    data: Path | DatabaseAddress,
) -> int:
    """Ein Konto für eine Stelle handeln lassen; ein neues Konto entsteht dabei, mit einem Anfangskennwort.

    \b
    Beispiel:  lisa portal member add e.muster --role traeger --office sonne --tenant uckermark --data /var/lib/sojus
    """
    from lisa_core.host.program import run_program
    from sojus.cli.members import add_member
    from sojus.cli.told import WishedMember

    return run_program(add_member(WishedMember(name, role, office, tenant, offices, openid), data, stdin))


@member.command(name="list")
@at_place
def list_(data: Path | DatabaseAddress) -> int:
    """Alle, die für eine Stelle handeln.

    \b
    Beispiel:  lisa portal member list --data /var/lib/sojus
    """
    from lisa_core.host.program import run_program
    from sojus.cli.members import list_members

    return run_program(list_members(data))


@member.command()
@click.argument("name")
@ROLE
@OFFICE
@TENANT
@at_place
def end(name: str, role: str, office: str, tenant: str, data: Path | DatabaseAddress) -> int:
    """Ein Konto nicht mehr für diese Stelle handeln lassen; das Konto selbst bleibt (lisa user disable sperrt es).

    \b
    Beispiel:  lisa portal member end e.muster --role traeger --office sonne --tenant uckermark --data /var/lib/sojus
    """
    from lisa_core.host.program import run_program
    from sojus.cli.members import end_member
    from sojus.cli.told import WishedMember

    return run_program(end_member(WishedMember(name, role, office, tenant, None, ""), data))
