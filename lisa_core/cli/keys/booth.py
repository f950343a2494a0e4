"""`lisa booth enrol`, `list` and `revoke`: the keys of booths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.keys.site import AT
from lisa_core.cli.stored.place import CONFIG, stored_in

if TYPE_CHECKING:
    from lisa_core.cli.arguments import Stored

AUTHORITY = click.option(
    "--authority",
    type=click.Path(path_type=Path),
    help="Zertifikat des Ausstellers (PEM), dem für https:// getraut wird; ohne Angabe allen, denen der Rechner traut.",
)


@click.command()
@click.option(
    "--exchange", "url", required=True, help="Adresse der Vermittlung: https://..., auf diesem Rechner http://"
)
@AUTHORITY
@click.option("--code", required=True, help="Der Code von lisa site add.")
@click.option("--key", type=click.Path(path_type=Path), required=True, help="Schlüsseldatei; entsteht, wenn sie fehlt.")
def enrol(url: str, authority: Path | None, code: str, key: Path) -> int:
    """Diese Kabine eintragen: Ihr Schlüssel entsteht hier und gilt ab jetzt für den Standort des Codes.

    Nur sein öffentlicher Teil verlässt den Rechner. Ging die Antwort verloren, hilft derselbe Befehl noch einmal.

    \b
    Beispiel:  lisa booth enrol --exchange http://127.0.0.1:8410 --code KXWM-ZPQR-ABCD --key kabine.pem
    Ausgang:   0 eingetragen · 4 abgelehnt · 5 die Vermittlung ist nicht zu erreichen
    """
    from lisa_core.cli.start.enrolment import start_enrolment
    from lisa_core.host.program import run_program

    return run_program(start_enrolment(url, authority, code, key))


@click.command(name="list")
@stored_in()
@CONFIG
@AT
def listed(stored: Stored, config: str, at: str) -> int:
    """Alle Schlüssel zeigen: welcher gilt, welche gesperrt oder ersetzt sind, welcher Code noch offen ist.

    \b
    Beispiel:  lisa booth list --data /var/lib/lisa/vermittlung
    """
    from lisa_core.cli.start.keys import list_keys
    from lisa_core.host.program import told_code

    return told_code(lambda: list_keys(stored, config, at))


@click.command()
@click.argument("town")
@stored_in()
@CONFIG
@AT
def revoke(town: str, stored: Stored, config: str, at: str) -> int:
    """Den Schlüssel eines Standorts sperren, für immer und sofort: Eine Verbindung, die damit steht, endet.

    Der Standort heißt wie bei lisa booth list oder wie im Landkreis, groß oder klein geschrieben.

    \b
    Beispiel:  lisa booth revoke templin --data /var/lib/lisa/vermittlung
    Ausgang:   0 gesperrt · 4 da ist nichts zu sperren
    """
    from lisa_core.cli.start.keys import revoke_key
    from lisa_core.host.program import told_code

    return told_code(lambda: revoke_key(town, stored, config, at))
