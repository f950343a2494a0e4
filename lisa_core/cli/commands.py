"""The commands of `lisa`: one per thing to do; others join through the entry-point group `lisa.commands`."""

from __future__ import annotations

from importlib.metadata import entry_points

import click


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
                found: click.Command = point.load()
                return found
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Bekannt sind: {', '.join(self.list_commands(ctx))}.") from None


_OWN = {
    "run": "run",
    "up": "up",
    "booth": "programs",
    "exchange": "programs",
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
