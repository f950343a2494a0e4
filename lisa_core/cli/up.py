"""`lisa up`: exchange, booth, desk page and simulated booth on one machine, for people to play with."""

from __future__ import annotations

import click


@click.command()
@click.option("--profile", default="vorfuehrung", show_default=True, help="Hardware-Profil: Name oder .toml-Datei.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8410,
    show_default=True,
    help="Port der Arbeitsplätze; 0 nimmt einen freien.",
)
@click.option("--now", is_flag=True, help="Mit der Uhrzeit von jetzt, auch wenn gerade geschlossen ist.")
@click.option("--no-portal", is_flag=True, help="Nur das Bürgerbüro, ohne das Portal (SoJuS) daneben.")
def up(profile: str, port: int, now: bool, no_portal: bool) -> int:
    """Ein Bürgerbüro zum Ausprobieren: Arbeitsplätze, Bildschirm und Simulierte Kabine im Browser.

    Daneben steht SoJuS: Wer beim Jugendamt ein Gespräch hat, öffnet es mit einem Knopf.

    \b
    Beispiel:  lisa up --port 8500
               lisa up --no-portal
    """
    from lisa_core.cli.start.up import start_up
    from lisa_core.host.program import run_program

    return run_program(start_up(profile, port, now, portal=not no_portal))
