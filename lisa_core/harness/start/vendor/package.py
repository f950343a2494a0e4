"""A package of one's own with a driver, green from the first moment: what `lisa new driver` writes."""

from __future__ import annotations

import importlib.util
import keyword
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from lisa_core.config.drivers import OWN, driver, installed
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, SLOTS
from lisa_core.harness.start.editor_files import write_text
from lisa_core.harness.start.vendor.templates import TEMPLATES, unsuited
from lisa_core.harness.text.language import declared, say, spoken
from lisa_core.host.data import data_dir
from lisa_core.host.paths import exists

NAME, DASHED, TITLE = "acme_px2", "acme-px2", "Acme PX2"
"""How the templates call it: as a module, as a driver, for people."""
MOST_LETTERS = 40
_FITS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def new_driver(path: Path, slot: str) -> list[Path]:
    """Write the package into a folder that is called as the driver, in the language that is spoken; returns the files.

    Raises `LisaError` for a slot without a template, a name that cannot be one, and where something is already.
    """
    if wrong := _unserved(slot) or _unfit(path.name):
        raise LisaError(wrong)
    if exists(path):
        raise LisaError(
            say("{path}: Das gibt es schon. Einen anderen Namen wählen, oder es erst wegräumen.", path=path)
        )
    words = {**_words(path.name), "{slot}": slot, "{silent}": SLOTS[slot].fault, "{title}": declared(SLOTS[slot].noun)}
    files = ((_changed(name, words), _changed(text, words)) for name, text in _templates(slot, spoken()))
    return [write_text(path / name, text) for name, text in files]


def next_steps(path: Path) -> str:
    """What to type in a shell to see that it is green."""
    return say("Weiter: {commands}", commands=f"cd {path} && pip install -e . && pytest")


def _unserved(slot: str) -> str:
    """Why there is no driver to be written for this slot, as a sentence; "" when there is."""
    if instead := unsuited(slot):
        return say("Für den Steckplatz „{slot}“ legt LISA keinen Treiber an. {instead}", slot=slot, instead=instead)
    if slot not in TEMPLATES:
        return say("Den Steckplatz „{slot}“ gibt es nicht.{nearest}", slot=slot, nearest=nearest(slot, TEMPLATES))
    return ""


def _unfit(name: str) -> str:
    """Why a driver cannot have this name, as a sentence; "" when it can."""
    if not _FITS.fullmatch(name) or keyword.iskeyword(name) or len(name) > MOST_LETTERS:
        better = re.sub(r"[^a-z0-9]+", "_", name.lower()).lstrip("_0123456789")[:MOST_LETTERS].rstrip("_")
        return say(
            "„{name}“ kann kein Paket heißen: höchstens {most} Kleinbuchstaben, Ziffern und einzelne _, zuerst ein "
            "Buchstabe. Zum Beispiel: {example}",
            name=name,
            most=MOST_LETTERS,
            example=better if _FITS.fullmatch(better) and not keyword.iskeyword(better) else NAME,
        )
    dashed = name.replace("_", "-")
    if found := installed().get(dashed):
        return say(
            "Den Treiber „{name}“ gibt es schon, aus dem Paket {package}. Einen anderen Namen wählen.",
            name=dashed,
            package=found.package,
        )
    if dashed in {*DEVICE_OF_SLOT.values(), *(driver(one).emulated for one in OWN)}:
        return say("„{name}“ heißt schon ein emuliertes Gerät von LISA. Den Hersteller davorsetzen.", name=dashed)
    if name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None:
        return say("„{name}“ heißt schon ein Modul dieser Python-Umgebung. Einen anderen Namen wählen.", name=name)
    return ""


def _words(name: str) -> Mapping[str, str]:
    """The names in the templates, and what stands there for this driver."""
    shown = (word.upper() if re.search(r"\d", word) else word.capitalize() for word in name.split("_"))
    return {NAME: name, DASHED: name.replace("_", "-"), TITLE: " ".join(shown)}


def _templates(slot: str, lang: str) -> Iterator[tuple[str, str]]:
    """Each file of the package by its place in it, with its text."""
    root, template = data_dir("fixtures") / "new_driver", TEMPLATES[slot]
    single = {
        "README.md": f"readme.{lang}.txt",
        ".gitignore": "gitignore.txt",
        f"{NAME}.toml": f"profile.{lang}.toml",
        f"tests/{NAME}.feature": f"features/{slot}.feature",
    }
    for name, source in single.items():
        yield name, (root / source).read_text(encoding="utf-8")
    for folder in (root / "every", root / template.folder):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                text = _changed(file.read_text(encoding="utf-8"), template.changes)
                yield file.relative_to(folder).as_posix(), text


def _changed(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text
