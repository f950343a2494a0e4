"""`lisa certify`: a run becomes a bundle, signed by the vendor."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.certification.answering import told_of


@click.command()
@click.option(
    "--from", "run", required=True, metavar="LAUF", help="Ein aufbewahrter Lauf: latest, sein Name, ein Pfad."
)
@click.option("--key", required=True, type=click.Path(path_type=Path), help="Privater Schlüssel (Ed25519, PEM).")
@click.option(
    "--into",
    default="zertifizierung",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Ordner, in dem pruefpaket.zip entsteht.",
)
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Ordner der Läufe.")
@click.option("--profile", default="", help="Wo das Profil des Laufs jetzt liegt, wenn nicht mehr, wo es lag.")
def certify(run: str, key: Path, into: Path, out: Path, profile: str) -> int:
    """Aus einem Lauf ein Prüfpaket machen: eine Datei, unterschrieben, überall nachprüfbar.

    \b
    Schlüssel:  openssl genpkey -algorithm ed25519 -out schluessel.pem
    Beispiel:   lisa certify --from latest --key schluessel.pem
    Ausgang:    0 zertifizierbar · 1 nicht bestanden · 2 unvollständig oder Probelauf · 4 falsche Eingabe · 5 Rechner
    """

    def made() -> tuple[list[str], int]:
        from lisa_core.harness.certify.make import certified
        from lisa_core.harness.certify.told import code_of_bundle, made_lines

        bundle, path = certified(out, run, key, into, profile)
        return [*made_lines(bundle, path)], code_of_bundle(bundle)

    return told_of("lisa certify", made)
