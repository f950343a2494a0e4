"""The commands of `lisa`: one per thing to do; others join through the entry-point group `lisa.commands`."""

from __future__ import annotations

from functools import partial
from importlib.metadata import EntryPoint, entry_points

import click

from lisa_core.host.causes import told_by
from lisa_core.host.notices import tell_renamed
from lisa_core.host.renames import Word, renames_of


class Commands(click.Group):
    """Commands are imported when they are called, so that `lisa steps` does not load a camera."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_OWN, *(point.name for point in entry_points(group="lisa.commands"))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _OWN:
            module = __import__(f"lisa_core.cli.{_OWN[cmd_name]}", fromlist=["command"])
            command: click.Command = getattr(module, cmd_name)
            return command
        for point in entry_points(group="lisa.commands"):
            if point.name == cmd_name:
                return _theirs(point)
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, [*args[:1], *map(partial(_current, args[0]), args[1:])])
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Bekannt sind: {', '.join(self.list_commands(ctx))}.") from None


_ANYTHING = {"ignore_unknown_options": True, "allow_extra_args": True}


def _theirs(point: EntryPoint) -> click.Command:
    """A command of another package. One that cannot be loaded says so when it is called, and stops no other."""
    package = f"{point.dist.name} {point.dist.version}" if point.dist else point.value
    why = f"Der Befehl „{point.name}“ aus dem Paket {package} lässt sich nicht laden"
    try:
        found = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001  # code of others may raise anything
        why += f" ({told_by(error, point.value.partition(':')[0].partition('.')[0])})"
    else:
        if isinstance(found, click.Command):
            return found

    def say() -> None:
        raise click.UsageError(f"{why}.")

    return click.Command(point.name, callback=say, help=f"{why}.", context_settings=_ANYTHING)


def _current(command: str, argument: str) -> str:
    """An option by the name that it has now; the user is told once of an old one."""
    name, equals, value = argument.partition("=")
    for row in renames_of(Word.OPTION):
        if row.old == f"{command} {name}":
            tell_renamed(row)
            return f"{row.new.rpartition(' ')[2]}{equals}{value}"
    return argument


_OWN = {
    "run": "run",
    "up": "up",
    "booth": "programs",
    "exchange": "programs",
    "migrate": "migrate",
    "steps": "steps",
    "new": "new",
    "doctor": "doctor",
    "simulate": "simulate",
}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lisa-booth", prog_name="lisa")
def lisa() -> None:
    """Prüfstand und Emulator für Digitale Bürgerbüros.

    \b
    Beispiel:  lisa run                     alle mitgelieferten Szenarien
               lisa up                      ein Bürgerbüro zum Ausprobieren
    """
