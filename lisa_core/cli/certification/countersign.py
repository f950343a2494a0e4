"""`lisa countersign`: whoever accepts a bundle signs it too, hands out challenges, and signs lists of trust."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.certification.answering import told_of
from lisa_core.cli.vendor.language import LANG, InBothLanguages


@click.command(cls=InBothLanguages)
@click.argument("file", metavar="[PAKET|LISTE.toml]", required=False, type=click.Path(path_type=Path))
@click.option("--key", required=True, type=click.Path(path_type=Path), help="Eigener Schlüssel (Ed25519, PEM).")
@click.option("--by", default="", help="Wer gegenzeichnet, mit Stelle.")
@click.option("--device", "numbers", multiple=True, metavar="GERÄT=NUMMER", help="Welches Gerät man gesehen hat.")
@click.option("--into", type=click.Path(path_type=Path), help="Andere Datei als die gegebene.")
@click.option(
    "--against", multiple=True, type=click.Path(path_type=Path), help="Früheres Paket, auf das sich das Paket stützt."
)
@click.option("--challenge", is_flag=True, help="Nur eine Aufgabe für lisa certify --challenge ausgeben.")
@LANG
def countersign(
    file: Path | None,
    key: Path,
    by: str,
    numbers: tuple[str, ...],
    into: Path | None,
    against: tuple[Path, ...],
    challenge: bool,
) -> int:
    """Ein Prüfpaket gegenzeichnen, eine Vertrauensliste unterschreiben oder eine Aufgabe ausgeben.

    \b
    Beispiel:  lisa countersign --challenge --key annahme.pem
               lisa countersign pruefpaket.zip --key annahme.pem --by "Jutta Beispiel" --device presence=SN-0815
               lisa countersign vertrauen.toml --key annahme.pem
    Ausgang:   0 · 4 falsche Eingabe, Paket nicht ganz · 5 Rechner
    """

    def done() -> tuple[list[str], int]:
        from lisa_core.domain.model.errors import LisaError
        from lisa_core.harness.certify.make import accepted, new_challenge, trust_issued

        if challenge:
            return [new_challenge(key)], 0
        if file is None:
            raise LisaError("Es fehlt, was zu unterschreiben ist: ein Prüfpaket oder eine Vertrauensliste (.toml).")
        if file.suffix == ".toml":
            return [f"Vertrauensliste: {trust_issued(file, key, into)}"], 0
        if not by.strip():
            raise LisaError('Es fehlt, wer gegenzeichnet: --by "Name, Stelle"')
        if not by.strip().isprintable():
            raise LisaError("--by: So kann niemand heißen, der gegenzeichnet: nur Zeichen, die man drucken kann.")
        found, path = accepted(file, key, by.strip(), numbers, into, against)
        return [f"Gegengezeichnet: {path}", f"Urteil: {found.headline}", f"Kennung des Pakets: {found.identity}"], 0

    return told_of("lisa countersign", done)
