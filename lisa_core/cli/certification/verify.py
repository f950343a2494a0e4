"""`lisa verify`: a bundle is checked, offline, on any machine."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.certification.answering import told_of
from lisa_core.cli.vendor.language import LANG, InBothLanguages


@click.command(cls=InBothLanguages)
@click.argument("bundle", metavar="PAKET", type=click.Path(path_type=Path))
@click.option("--trust", type=click.Path(path_type=Path), help="Wem man glaubt: Vertrauensliste oder Schlüssel.")
@click.option(
    "--authority", type=click.Path(path_type=Path), help="Öffentlicher Schlüssel, der die Liste unterschrieb."
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Ein älteres Prüfpaket: zeigen, was anders ist; was sich darauf stützt, damit belegen (mehrmals erlaubt).",
)
@click.option(
    "--report", type=click.Path(path_type=Path), help="Bericht und PDF aus dem Strom neu in diesen Ordner zeichnen."
)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Ausgabe."
)
@LANG
def verify(
    bundle: Path, trust: Path | None, authority: Path | None, against: tuple[Path, ...], report: Path | None, shape: str
) -> int:
    """Ein Prüfpaket nachprüfen: ob es ganz ist, wer unterschrieben hat, und jedes Urteil noch einmal aus dem Strom.

    \b
    Beispiel:  lisa verify pruefpaket.zip --trust hersteller.pub
    Ausgang:   0 zertifizierbar · 1 nicht bestanden · 2 unvollständig, Probelauf oder niemandes Schlüssel
               4 kein Prüfpaket, verändert oder fremder Schlüssel · 5 Rechner
    """

    def checked() -> tuple[list[str], int]:
        from lisa_core.harness.certify.make import checked_bundle, compared, redrawn_into
        from lisa_core.harness.certify.told import as_json, check_lines, code_of_check

        found, stands = checked_bundle(bundle, trust, authority, against)
        new = [f"Neu gezeichnet: {path}" for path in redrawn_into(bundle, report)] if report and found.is_whole else []
        old = [line for one in against for line in compared(one, found)] if found.is_whole else []
        if shape == "json":
            return [as_json(found, stands, old)], code_of_check(found, stands)
        return [*check_lines(found, stands), *new, *old], code_of_check(found, stands)

    return told_of("lisa verify", checked, is_data=shape == "json")
