"""Whose exchange it is and where it keeps its things, as its commands are told it.

`--config` is its Landkreis, `--data` a folder or `--store` a database.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lisa_core.cli.arguments import Stored
    from lisa_core.store.postgres.place import DatabaseAddress

Command = Callable[..., int]
CONFIG = click.option("--config", default="uckermark", show_default=True, help="Landkreis: Name oder .toml-Datei.")
FOLDER = "Ordner der Vermittlung (lisa exchange --data)."
DATABASE = "Datenbank der Vermittlung statt eines Ordners; mit Passwort nur in LISA_STORE."


def stored_in(folder: str = FOLDER, database: str = DATABASE) -> Callable[[Command], Command]:
    """The two options, described so; the command is given what was said as `stored`."""

    def decorated(command: Command) -> Command:
        @click.option("--data", type=click.Path(path_type=Path), help=folder)
        @click.option("--store", envvar="LISA_STORE", default="", help=database)
        @functools.wraps(command)
        def called(data: Path | None, store: str, **given: object) -> int:
            from lisa_core.cli.arguments import Stored

            typed = click.get_current_context().get_parameter_source("store") is click.core.ParameterSource.COMMANDLINE
            return command(stored=Stored(data, store, typed=typed), **given)

        return called

    return decorated


def at_place(command: Command) -> Command:
    """The same for a command that needs one of the two: it is given the folder or the database as `data`."""

    @stored_in()
    @functools.wraps(command)
    def called(stored: Stored, **given: object) -> int:
        from lisa_core.domain.model.errors import LisaError
        from lisa_core.host.program import told_code

        found: list[Path | DatabaseAddress] = []

        def look() -> None:
            if (place := stored.named()) is None:
                raise LisaError("--data (Ordner) oder --store (Datenbank) der Vermittlung fehlt.")
            found.append(place)

        return told_code(look) or command(data=found[0], **given)

    return called
