"""`lisa record`: what a device and its driver say to each other, as a file that plays in its place."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--profile", required=True, help="Hardware-Profil: Name oder .toml-Datei.")
@click.option("--slot", default="", help="Welcher Steckplatz; sonst der eine, den das Profil an ein Gerät bindet.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Datei der Aufzeichnung: radar.trace")
@click.option("--seconds", default=0.0, help="So lange aufnehmen; sonst bis Strg-C.")
def record(profile: str, slot: str, out: Path, seconds: float) -> int:
    """Aufnehmen, was ein Gerät und sein Treiber einander sagen; ohne Seiten, Striche, Dokumente und Namen.

    Das Gerät wird geöffnet, und es geschieht, was sein Steckplatz verspricht: Davor stehen, Blätter einlegen,
    unterschreiben. Ein Drucker druckt eine Testseite. Die Datei spielt im Profil an seiner Stelle.

    \b
    Beispiel:  lisa record --profile radar.toml --slot presence --out radar.trace
    Im Profil: binding = "replay:radar.trace"
    Ausgang:   0 aufgenommen · 4 falsche Eingabe oder kein Gerät · 5 dem Rechner fehlt etwas (Platz, Port)
    """
    from lisa_core.cli.start.record import DeviceRecording
    from lisa_core.host.program import INTERRUPTED, OK, run_program

    recording = DeviceRecording(profile, slot, out, seconds)
    code = run_program(recording.run())
    return OK if code == INTERRUPTED and recording.is_whole else code
