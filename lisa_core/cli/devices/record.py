"""`lisa record`: what a device and its driver say to each other, as a file that plays in its place."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.vendor.language import LANG, InBothLanguages


@click.command(cls=InBothLanguages)
@click.argument("features", nargs=-1)
@click.option("--profile", default="", help="Hardware-Profil: Name oder .toml-Datei.")
@click.option("--slot", default="", help="Welcher Steckplatz; sonst der eine, den das Profil an ein Gerät bindet.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Datei der Aufzeichnung (radar.trace); mit Szenarien ein Ordner.",
)
@click.option(
    "--from",
    "capture",
    default=None,
    type=click.Path(path_type=Path),
    help="Aus einem Mitschnitt lesen (pcapng oder pcap; TCP, UDP, serielle Leitung an USB), statt aufzunehmen.",
)
@click.option("--driver", default="", help="Mit --from: der Treiber, wenn mehrere an den Steckplatz passen.")
@click.option(
    "--port", default="", help="Mit --from: welches Gerät, wenn darin mehrere sind (502, 192.0.2.7:502, 1.7)."
)
@click.option("--seconds", default=0.0, help="So lange aufnehmen; sonst bis Strg-C.")
@LANG
def record(
    features: tuple[str, ...],
    profile: str,
    slot: str,
    out: Path,
    capture: Path | None,
    driver: str,
    port: str,
    seconds: float,
) -> int:
    """Aufnehmen, was ein Gerät und sein Treiber einander sagen; ohne Seiten, Striche, Dokumente und Namen.

    Das Gerät wird geöffnet, und es geschieht, was sein Steckplatz verspricht: Davor stehen, Blätter einlegen,
    unterschreiben. Ein Drucker druckt eine Testseite. Die Datei spielt im Profil an seiner Stelle.

    \b
    Beispiel:  lisa record --profile radar.toml --slot presence --out radar.trace
    Im Profil: binding = "replay:radar.trace"
    Mitschnitt: lisa record --from fang.pcapng --slot scanner --out scanner.trace
    Szenarien: lisa record --profile radar.toml --out ordner -- features/empfang
    Ausgang:   0 aufgenommen · 4 falsche Eingabe oder kein Gerät · 5 dem Rechner fehlt etwas (Platz, Port)
               mit Szenarien der Ausgang von lisa run
    """
    if capture is not None:
        from lisa_core.cli.start.imported import Wanted, import_capture
        from lisa_core.host.program import run_program

        return run_program(import_capture(Wanted(capture, slot, driver, port, profile), out))
    if wrong := _unfit(profile, driver, port):
        raise click.UsageError(wrong)
    if features:
        return _while_they_run(features, profile, slot, out)
    from lisa_core.cli.start.record import DeviceRecording
    from lisa_core.host.program import INTERRUPTED, OK, run_program

    recording = DeviceRecording(profile, slot, out, seconds)
    code = run_program(recording.run())
    return OK if code == INTERRUPTED and recording.is_whole else code


def _unfit(profile: str, driver: str, port: str) -> str:
    """What does not go together, as a sentence; "" where all does."""
    if driver or port:
        return "--driver und --port gelten nur für einen Mitschnitt (--from DATEI)."
    return "" if profile else "Es fehlt --profile (das Gerät) oder --from (ein Mitschnitt)."


def _while_they_run(features: tuple[str, ...], profile: str, slot: str, out: Path) -> int:
    """All that is said while these run: a folder for each scenario."""
    from lisa_core.cli.extra import without_harness

    if code := without_harness("lisa record"):
        return code
    from lisa_core.harness.start.run import Order, run, try_devices
    from lisa_core.harness.text.language import spoken

    order = Order(features, profile=profile, record=str(out.absolute()), record_slot=slot, language=spoken())
    code, order = try_devices(order)
    return code or run(order)
