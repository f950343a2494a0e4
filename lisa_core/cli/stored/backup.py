"""`lisa backup` and `lisa restore`: a store of an exchange as one file, while it works; and a new store from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


def _where(command: Callable[..., object]) -> Callable[..., object]:
    command = click.option("--data", type=click.Path(path_type=Path), help="Ordner der Vermittlung.")(command)
    told = "Datenbank der Vermittlung: postgresql://BENUTZER@RECHNER/DATENBANK; mit Passwort nur in LISA_STORE."
    return click.option("--store", envvar="LISA_STORE", default="", help=told)(command)


def _typed() -> bool:
    source = click.get_current_context().get_parameter_source("store")
    return source is click.core.ParameterSource.COMMANDLINE


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_where
def backup(file: Path, data: Path | None, store: str) -> int:
    """Protokoll und Posteingang einer Vermittlung in eine Datei sichern, auch während sie arbeitet.

    \b
    Beispiel:  lisa backup sicherung.zip --data /var/lib/lisa/vermittlung
               lisa backup sicherung.zip --store postgresql://lisa@db.example/lisa?sslmode=verify-full
    """
    from lisa_core.cli.stored.backing_up import back_up

    return back_up(file, data, store, typed=_typed())


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_where
def restore(file: Path, data: Path | None, store: str) -> int:
    """Aus einer Sicherung einen neuen Ordner oder eine leere Datenbank füllen; überschrieben wird nichts.

    \b
    Beispiel:  lisa restore sicherung.zip --data /var/lib/lisa/neu
    """
    from lisa_core.cli.stored.backing_up import put_back

    return put_back(file, data, store, typed=_typed())
