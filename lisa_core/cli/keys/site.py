"""`lisa site`: which booths belong to an exchange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lisa_core.cli.arguments import Stored

Command = Callable[..., int]


def at_exchange(command: Command) -> Command:
    """Where an exchange keeps its things, as `lisa exchange` is told."""
    data = click.option(
        "--data", type=click.Path(path_type=Path), help="Ordner der Vermittlung, wie bei lisa exchange."
    )
    store = click.option(
        "--store",
        envvar="LISA_STORE",
        default="",
        help="Datenbank der Vermittlung statt eines Ordners; mit Passwort nur in LISA_STORE.",
    )
    return data(store(command))


CONFIG = click.option("--config", default="uckermark", show_default=True, help="Landkreis: Name oder .toml-Datei.")
AT = click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")


def stored_of(context: click.Context) -> Stored:
    """What was said of it."""
    from lisa_core.cli.arguments import Stored

    typed = context.get_parameter_source("store") is click.core.ParameterSource.COMMANDLINE
    return Stored(context.params["data"], context.params["store"], typed=typed)


@click.group()
def site() -> None:
    """Kabinen, die sich verbinden dürfen: einen Standort eintragen.

    \b
    Beispiel:  lisa site add templin --data /var/lib/lisa/vermittlung
    """


@site.command()
@click.argument("town")
@at_exchange
@click.pass_context
@CONFIG
@click.option("--hours", type=click.IntRange(1, 720), default=24, show_default=True, help="Stunden, die der Code gilt.")
@click.option("--replace", is_flag=True, help="Der neue Schlüssel tritt an die Stelle dessen, der eingetragen ist.")
@AT
def add(
    ctx: click.Context, town: str, data: Path | None, store: str, config: str, hours: int, replace: bool, at: str
) -> int:
    """Einen Standort eintragen: Es entsteht ein Code, mit dem sich seine Kabine einmal einträgt.

    Von da an kommt keine Kabine mehr ohne Schlüssel zu dieser Vermittlung. Sie braucht dafür nicht zu stehen.

    \b
    Beispiel:  lisa site add templin --data /var/lib/lisa/vermittlung
    Ausgang:   0 der Code steht da · 4 falsche Eingabe · 5 der Rechner
    """
    from lisa_core.cli.start.keys import add_site
    from lisa_core.host.program import told_code

    return told_code(lambda: add_site(town, stored_of(ctx), config, hours, at, replaces=replace))
