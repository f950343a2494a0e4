"""`lisa new`: a green start."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness
from lisa_core.cli.vendor.language import InBothLanguages, language


@click.group()
def new() -> None:
    """Etwas Neues anlegen, das sofort grün ist.

    \b
    Beispiel:  lisa new folder kabinentest
    """


@new.command()
@click.argument("name", type=click.Path(path_type=Path))
def folder(name: Path) -> int:
    """Einen Ordner für eigene Szenarien: ein Feature, eine Anforderung, eine Anleitung, Vorschläge für den Editor.

    \b
    Beispiel:  lisa new folder kabinentest && lisa run kabinentest
    """
    if code := without_harness("lisa new folder"):
        return code
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.start.folder import new_folder
    from lisa_core.host.machine import tell
    from lisa_core.host.program import code_of

    try:
        files = new_folder(name)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for file in files:
        click.echo(file)
    click.echo(f"\nAusführen: lisa run {name}")
    return 0


@new.command(cls=InBothLanguages)
@click.argument("name", type=click.Path(path_type=Path))
@click.option("--slot", required=True, help="Für welchen Steckplatz: presence, door, scanner, signature_pad ...")
@language("der Anleitung")
def driver(name: Path, slot: str, lang: str) -> int:
    """Einen Treiber als eigenes Paket: Codec, Treiber, emuliertes Gerät, Mitschnitt, Profil, Tests, Anleitung.

    Die Sprache darin ist erfunden; wer ein Gerät baut, setzt die eigene an ihre Stelle.

    \b
    Beispiel:  lisa new driver acme_px2 --slot presence && cd acme_px2 && pip install -e . && pytest
    """
    if code := without_harness("lisa new driver"):
        return code
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.start.vendor.package import new_driver, next_steps
    from lisa_core.harness.text.language import choose
    from lisa_core.host.machine import tell
    from lisa_core.host.program import code_of

    choose(lang)
    try:
        files = new_driver(name, slot)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for file in files:
        click.echo(file)
    click.echo(f"\n{next_steps(name)}")
    return 0


@new.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--profile", default="emulated", show_default=True, help="Für wessen Landkreis: Name oder .toml-Datei.")
def editor(folder: Path, profile: str) -> int:
    """Die Dateien in .vscode anlegen oder erneuern, durch die Visual Studio Code die Sätze kennt.

    Nach einer neuen Fassung von LISA, mit Sätzen von anderen, für einen anderen Landkreis.

    \b
    Beispiel:  lisa new editor kabinentest
    """
    if code := without_harness("lisa new editor"):
        return code
    from lisa_core.config.profile import load_profile
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.start.editor_files import write_editor_files
    from lisa_core.host.machine import tell
    from lisa_core.host.program import code_of

    try:
        load_profile(profile)
        files = write_editor_files(folder, profile)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for file in files:
        click.echo(file)
    return 0
