"""`lisa profile`: a hardware profile, looked at before anything runs."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.vendor.language import LANG, GroupInBothLanguages, InBothLanguages, said

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Für Menschen oder für Programme.",
)


@click.group(cls=GroupInBothLanguages)
def profile() -> None:
    """Ein Hardware-Profil prüfen, bevor etwas läuft; seine Geräte fragen, wer sie sind; Geräte finden.

    \b
    Beispiel:  lisa profile check px2.toml
    """


@profile.command(cls=InBothLanguages)
@click.argument("file")
@FORMAT
@click.option(
    "--features",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Ordner mit eigenen Szenarien: Auch deren Anforderungen setzen Grenzen. Mehrfach möglich.",
)
@LANG
def check(file: str, form: str, features: tuple[Path, ...]) -> int:
    """Alle Fehler eines Profils auf einmal zeigen, mit Datei, Zeile und Abhilfe. Kein Gerät wird angefasst.

    Schlüssel, Treiber, Anschlüsse, Optionen, zwei Geräte an einem Anschluss, Grenzen, Landkreis und Standort.
    Warnung: was die Klasse verlangt und kein Gerät erklärt (capabilities).

    \b
    Beispiel:  lisa profile check px2.toml
    Ausgang:   0 kein Fehler · 4 Fehler gefunden
    """
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.start.vendor.check import checked
    from lisa_core.host.machine import tell
    from lisa_core.host.printable import printable
    from lisa_core.host.program import BAD_INPUT, OK, code_of

    try:
        found = checked(file, features)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    click.echo(printable(found.as_json() if form == "json" else said(found.text())))
    return BAD_INPUT if found.mistakes else OK


@profile.command(cls=InBothLanguages)
@click.argument("file")
@FORMAT
@click.option("--write", is_flag=True, help="In das Profil eintragen, was die Geräte gesagt haben, mit dem Datum.")
@LANG
def probe(file: str, form: str, write: bool) -> int:
    """Jedes Gerät eines Profils öffnen und fragen, wer es ist, was es kann, wie lange der Weg zu ihm dauert.

    Was im Profil erklärt ist (vendor, model, serial, firmware, capabilities), wird mit dem verglichen, was das Gerät
    sagt. Ein Gerät, das nicht antwortet, gilt als falsch eingerichtet und nie als nicht konform.

    \b
    Beispiel:  lisa profile probe px2.toml --write
    Ausgang:   0 alle da · 1 Widerspruch · 2 nicht zu fragen · 3 Treiber defekt · 4 falsch eingerichtet
    """
    from lisa_core.cli.vendor.asking import probe_profile

    return probe_profile(file, form, write=write)


@profile.command(cls=InBothLanguages)
@FORMAT
@click.option(
    "--write", "into", type=click.Path(path_type=Path), help="Ein erstes Profil in diese Datei, die es noch nicht gibt."
)
@click.option(
    "--slot",
    "slots",
    multiple=True,
    metavar="SLOT[=ADRESSE]",
    help="Darin diesen Steckplatz binden, wenn es eindeutig ist, oder an diese Adresse. Mehrfach möglich.",
)
@LANG
def find(form: str, into: Path | None, slots: tuple[str, ...]) -> int:
    """Zeigen, was an diesem Rechner hängt und sich im Netz bekannt macht, und was davon was sein kann.

    Serielle Anschlüsse, Kameras, Unterschriftenpads, Kartenleser, Tongeräte; Scanner (eSCL) und Drucker (IPP) im Netz.
    Kein Gerät wird geöffnet oder gefragt. Dauert höchstens sechs Sekunden.

    \b
    Beispiel:  lisa profile find --write px2.toml --slot presence
               lisa profile find --write px2.toml --slot presence=rfc2217://labor:4001 --slot scanner
    Ausgang:   0 etwas gefunden · 2 nichts, oder nicht eindeutig, was gebunden werden soll · 4 falsche Angabe
    """
    from lisa_core.cli.vendor.finding import find_devices

    return find_devices(form, into, slots)
