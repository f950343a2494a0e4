"""`lisa certify`: from a profile and a class to a bundle that the vendor has signed; or from a run that there is."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.certification.answering import told_of
from lisa_core.cli.certification.signing import signing_key
from lisa_core.cli.vendor.language import LANG, InBothLanguages, said

if TYPE_CHECKING:
    from lisa_core.harness.certify.make import Packing
    from lisa_core.harness.certify.walk.sitting import Wish

PATH = click.Path(path_type=Path)


@click.command(cls=InBothLanguages)
@click.argument("paths", nargs=-1, metavar="[SZENARIEN]...")
@click.option("--profile", default="", help="Hardware-Profil: Name oder Datei.")
@click.option("--class", "wanted", default="", metavar="KLASSE", help="Wofür: praesenzsensor-2026.1 zum Beispiel.")
@click.option("--out", default="zertifizierung", show_default=True, type=PATH, help="Ordner der Läufe und des Pakets.")
@click.option("--key", type=PATH, help="Privater Schlüssel des Herstellers (Ed25519, PEM).")
@click.option("--new-key", type=PATH, help="Einen Schlüssel in dieser neuen Datei anlegen und damit unterschreiben.")
@click.option("--plan", is_flag=True, help="Nur zeigen, was liefe, was Hände braucht und was nicht zu entscheiden ist.")
@click.option("--papers", type=PATH, metavar="DATEI.pdf", help="Mit --plan: die Prüfblätter dazu, zum Drucken.")
@click.option("--resume", is_flag=True, help="Fortsetzen, was in --out angefangen ist.")
@click.option("--challenge", default="", metavar="AUFGABE", help="Was lisa countersign --challenge ausgab.")
@click.option("--tester", default="", help="Wer prüft.")
@click.option("--place", default="", help="Wo geprüft wird; sonst das Bürgerbüro des Profils.")
@click.option(
    "--listen", default="", metavar="ADRESSE[:PORT]", help="Aufforderungen auch auf einem Telefon im Bürgerbüro."
)
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1, 1000), help="Jedes Szenario so oft.")
@click.option("--known", default="", metavar="DATEI", help="Fehler, die vorher bekannt sind (bekannte-fehler.toml).")
@click.option("--clock", type=click.Choice(["real", "virtual"]), default="real", help="virtual: nur zur Probe.")
@click.option(
    "--since",
    multiple=True,
    type=PATH,
    metavar="PAKET",
    help="Früheres Prüfpaket: nur prüfen, was eine Änderung seitdem erreichen kann (mehrmals erlaubt).",
)
@click.option("--from", "run", default="", metavar="LAUF", help="Statt zu prüfen: ein Lauf (latest, Name, Pfad).")
@click.option("--runs", default="out", show_default=True, type=PATH, help="Ordner der Läufe, aus denen --from wählt.")
@LANG
def certify(
    paths: tuple[str, ...],
    profile: str,
    wanted: str,
    out: Path,
    key: Path | None,
    new_key: Path | None,
    plan: bool,
    papers: Path | None,
    resume: bool,
    challenge: str,
    tester: str,
    place: str,
    listen: str,
    repeat: int,
    known: str,
    clock: str,
    since: tuple[Path, ...],
    run: str,
    runs: Path,
) -> int:
    """Ein Gerät oder ein Bürgerbüro für eine Klasse prüfen und das Ergebnis als Prüfpaket unterschreiben.

    \b
    Beispiel:   lisa certify --profile meins.toml --class praesenzsensor-2026.1 --plan
                lisa certify --profile meins.toml --class praesenzsensor-2026.1 --new-key schluessel.pem
                lisa certify --profile meins.toml --class praesenzsensor-2026.1 --key schluessel.pem
                lisa certify --profile meins.toml --class praesenzsensor-2026.1 --since altes.zip --plan
                lisa certify --resume --key schluessel.pem
                lisa certify --from latest --key schluessel.pem
    Ausgang:    0 zertifizierbar · 1 nicht bestanden · 2 unvollständig oder Probelauf · 4 falsche Eingabe · 5 Rechner
                130 abgebrochen: mit --resume geht es weiter
    """

    def done() -> tuple[list[str], int]:
        from lisa_core.domain.model.errors import LisaError

        if run and known:
            raise LisaError("--known kommt zu spät, wo es den Lauf schon gibt (--from). Eine Prüfung damit beginnen.")
        if run and (plan or papers or resume):
            raise LisaError("--plan, --papers und --resume gehen nicht, wo es den Lauf schon gibt (--from).")
        if run:
            from lisa_core.harness.certify.make import Packing

            with signing_key(key, new_key, out) as signing:
                return _packed(Packing(run, signing, out, runs, profile, wanted, since))
        if not resume and not (wanted and profile):
            raise LisaError("Es fehlt, was wofür geprüft wird: --profile DATEI --class KLASSE (oder --resume, --from)")
        if listen:
            from lisa_core.harness.tester.phone.place import listen_place

            listen_place(listen)  # told before any device is asked
        from lisa_core.harness.certify.walk.session import Session
        from lisa_core.harness.certify.walk.sitting import Wish
        from lisa_core.harness.text.language import spoken

        before = tuple(str(one.absolute()) for one in since)
        session = Session(
            *(wanted, profile, (), challenge, tester, place, repeat),
            clock=clock,
            since=before,
            known=known,
            language=spoken(),
        )
        if papers and not plan:
            raise LisaError("--papers schreibt die Prüfblätter eines Plans: --plan dazuschreiben.")
        with contextlib.nullcontext(Path()) if plan else signing_key(key, new_key, out) as signing:
            return _walked(Wish(out, signing, session, paths, listen), plan=plan, resume=resume, papers=papers)

    return told_of("lisa certify", done)


def _packed(order: Packing) -> tuple[list[str], int]:
    """A run that there is becomes a bundle."""
    from lisa_core.harness.certify.make import certified
    from lisa_core.harness.certify.told import code_of_bundle, made_lines

    bundle, path = certified(order)
    return [*made_lines(bundle, path)], code_of_bundle(bundle)


def _walked(wish: Wish, *, plan: bool, resume: bool, papers: Path | None) -> tuple[list[str], int]:
    """The whole way, or its plan."""
    from lisa_core.harness.certify.make import NAME
    from lisa_core.harness.certify.told import code_of_bundle, made_lines
    from lisa_core.harness.certify.walk.outlook import plan_lines
    from lisa_core.harness.certify.walk.sitting import begin, planned, planned_rest
    from lisa_core.harness.certify.walk.sitting import resume as go_on
    from lisa_core.host.printable import printable

    if plan:
        selection, wanted = (planned_rest if resume else planned)(wish)
        lines = [*plan_lines(selection, wanted, wish.out)]
        if papers:
            from lisa_core.harness.certify.sheets.draw import printed  # loads what draws PDF

            lines.append(printed(selection.planned, papers))
        return lines, 0
    code, bundle = (go_on if resume else begin)(wish, lambda line: click.echo(printable(said(line))))
    return ([*made_lines(bundle, wish.out / NAME)], code_of_bundle(bundle)) if bundle else ([], code)
