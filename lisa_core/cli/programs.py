"""`lisa booth` and `lisa exchange`: the two programs, apart. Each imports what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.keys.booth import AUTHORITY, enrol, listed, revoke
from lisa_core.cli.stored.place import CONFIG, stored_in

if TYPE_CHECKING:
    from lisa_core.cli.arguments import Stored


@click.command()
@CONFIG
@click.option("--listen", default="127.0.0.1:8410", show_default=True, help="Adresse; über loopback hinaus mit TLS.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Zertifikat für TLS (PEM, mit Ausstellern).")
@click.option("--key", type=click.Path(path_type=Path), help="Sein Schlüssel (PEM, ohne Kennwort).")
@stored_in(
    "Ordner für Protokoll und Posteingang (sonst im Speicher).",
    "Datenbank statt eines Ordners: postgresql://BENUTZER@RECHNER/DATENBANK; mit Passwort nur in LISA_STORE.",
)
@click.option("--one-factor", is_flag=True, help="Ein Kennwort genügt zur Anmeldung (ohne zweiten Faktor).")
@click.option("--openid", type=click.Path(path_type=Path), help="Datei: Konten anderer Häuser (OpenID Connect).")
@click.option("--check", is_flag=True, help="Nur nachsehen, ob sie so startet: alles auf einmal, nichts wird geändert.")
@click.option("--profile", default="", hidden=True, help="Wie lange es klingelt, aus diesem Profil; bis Version 0.2.0.")
@click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")
def exchange(
    config: str,
    listen: str,
    certificate: Path | None,
    key: Path | None,
    stored: Stored,
    one_factor: bool,
    openid: Path | None,
    check: bool,
    profile: str,
    at: str,
) -> int:
    """Die Vermittlung im Landkreis: Anrufe, Arbeitsplätze, Posteingang.

    \b
    Beispiel:  lisa exchange --listen 127.0.0.1:8410 --data /var/lib/lisa
               lisa exchange --listen 0.0.0.0:443 --certificate kreis.pem --key kreis.key --data /var/lib/lisa
               lisa exchange --listen 0.0.0.0:443 --certificate kreis.pem --key kreis.key --data /var/lib/lisa --check
    """
    files = (certificate, key)
    from lisa_core.cli.start.exchange import Factors, start_exchange

    factors = Factors(one_factor, openid)
    if check:
        from lisa_core.cli.start.check import check_exchange

        return check_exchange(config, listen, files, stored, profile, at, factors)
    from lisa_core.host.program import run_program

    return run_program(start_exchange(config, listen, files, stored, profile, at, factors))


@click.group(invoke_without_command=True)
@click.option("--profile", default="emulated", show_default=True, help="Hardware-Profil: Name oder .toml-Datei.")
@click.option(
    "--exchange",
    "urls",
    multiple=True,
    help="Adresse der Vermittlung: https://..., auf diesem Rechner http://; zweimal, wenn eine zweite wartet.",
)
@AUTHORITY
@click.option("--key", type=click.Path(path_type=Path), help="Siegelschlüssel; entsteht, wenn er fehlt.")
@click.option("--data", type=click.Path(path_type=Path), help="Ordner für Protokoll und Seiten (sonst im Speicher).")
@click.option("--screen", default="127.0.0.1:0", show_default=True, help="Adresse des Bildschirms der Bürgerin.")
@click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")
@click.pass_context
def booth(
    context: click.Context,
    profile: str,
    urls: tuple[str, ...],
    authority: Path | None,
    key: Path | None,
    data: Path | None,
    screen: str,
    at: str,
) -> int:
    """Das Bürgerbüro auf dem Rechner in der Kabine.

    Ohne einen weiteren Befehl startet es; die Befehle verwalten die Schlüssel, mit denen sich Kabinen ausweisen.

    \b
    Beispiel:  lisa booth --profile emulated --exchange http://127.0.0.1:8410 --key kabine.pem
               lisa booth enrol --exchange http://127.0.0.1:8410 --code KXWM-ZPQR-ABCD --key kabine.pem
    """
    if context.invoked_subcommand is not None:
        return 0
    if not urls or key is None:
        missing = "--key (Schlüsseldatei)" if urls else "--exchange (Adresse der Vermittlung)"
        raise click.UsageError(f"{missing} fehlt.")
    from lisa_core.cli.start.booth import start_booth
    from lisa_core.host.program import run_program

    return run_program(start_booth(profile, urls, authority, key, data, screen, at))


for _command in (enrol, listed, revoke):
    booth.add_command(_command)
