"""`lisa site`: which booths belong to an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lisa_core.cli.stored.place import CONFIG, stored_in

if TYPE_CHECKING:
    from lisa_core.cli.arguments import Stored

AT = click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")


@click.group()
def site() -> None:
    """Kabinen, die sich verbinden dürfen: einen Standort eintragen.

    \b
    Beispiel:  lisa site add templin --data /var/lib/lisa/vermittlung
    """


@site.command()
@click.argument("town")
@stored_in()
@CONFIG
@click.option("--hours", type=click.IntRange(1, 720), default=24, show_default=True, help="Stunden, die der Code gilt.")
@click.option("--replace", is_flag=True, help="Der neue Schlüssel tritt an die Stelle dessen, der eingetragen ist.")
@AT
def add(town: str, stored: Stored, config: str, hours: int, replace: bool, at: str) -> int:
    """Einen Standort eintragen: Es entsteht ein Code, mit dem sich seine Kabine einmal einträgt.

    Von da an kommt keine Kabine mehr ohne Schlüssel zu dieser Vermittlung. Sie braucht dafür nicht zu stehen.

    \b
    Beispiel:  lisa site add templin --data /var/lib/lisa/vermittlung
    Ausgang:   0 der Code steht da · 4 falsche Eingabe · 5 der Rechner
    """
    from lisa_core.cli.start.keys import add_site
    from lisa_core.host.program import told_code

    return told_code(lambda: add_site(town, stored, config, hours, at, replaces=replace))
