"""The files in `.vscode` of a folder, by which Visual Studio Code knows our sentences; `harness.match.editor` says how.

What we write is ours and is written anew each time. `settings.json`, `extensions.json` and `tasks.json` belong to
whoever works there: our keys and our task are put into them, and everything else in them stays.
"""

from __future__ import annotations

import json
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.lint.formats import ERROR_LINE, NOTE_LINE
from lisa_core.harness.match.editor import definitions, examples, snippets, word_kinds
from lisa_core.harness.match.known import known_in
from lisa_core.harness.match.own.definitions import known_steps
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal

DEFINITIONS, EXAMPLES = ".vscode/lisa-saetze.js", ".vscode/lisa-woerter.feature"
SNIPPETS = ".vscode/lisa.code-snippets"
SETTINGS, EXTENSIONS = ".vscode/settings.json", ".vscode/extensions.json"
TASKS = ".vscode/tasks.json"
EXTENSION = "CucumberOpen.cucumber-official"
MATCHERS: list[JsonDict] = [
    {
        "owner": "lisa",
        "source": "LISA",
        "severity": severity,
        "fileLocation": ["autoDetect", "${workspaceFolder}"],
        "pattern": {"regexp": line, "file": 1, "line": 2, "column": 3, "endColumn": 4, "message": 5, "code": 6},
    }
    for severity, line in (("error", ERROR_LINE), ("info", NOTE_LINE))
]
"""How the editor finds file, line and columns in what `lisa lint` prints. Source: Visual Studio Code, "Tasks"."""
TASK: JsonDict = {
    "label": "LISA: Szenarien prüfen",
    "detail": "Fehler in Szenarien und Anforderungen zeigen, ohne etwas auszuführen",
    "type": "shell",
    "command": "lisa",
    "args": ["lint", "."],
    "group": {"kind": "build", "isDefault": True},
    "presentation": {"reveal": "silent", "clear": True},
    "problemMatcher": MATCHERS,
}


def write_editor_files(folder: Path, profile: str) -> list[Path]:
    """Write them all, for the words of this profile; returns the files.

    Raises `LisaError` when what stands there already cannot be read or written; then nothing has been written.
    """
    if not folder.is_dir():
        raise LisaError(f"{folder}: Den Ordner gibt es nicht. Einen neuen macht: lisa new folder {folder}")
    known, entries = known_in(profile), known_steps(folder)
    settings = _read(folder / SETTINGS)
    extensions, tasks = _read(folder / EXTENSIONS), _read(folder / TASKS)
    wanted = extensions.get("recommendations")
    recommended = [one for one in wanted if one != EXTENSION] if isinstance(wanted, list) else []
    settings |= {
        "files.encoding": "utf8",
        "files.associations": _joined(settings.get("files.associations"), {"*.feature": "cucumber"}),
        "cucumber.features": ["**/*.feature", EXAMPLES],
        "cucumber.glue": [DEFINITIONS],
        "cucumber.parameterTypes": word_kinds(known),
    }
    texts = {
        DEFINITIONS: definitions(entries),
        EXAMPLES: examples(entries, known),
        SNIPPETS: snippets(entries, known) + "\n",
        SETTINGS: _written(settings),
        EXTENSIONS: _written(extensions | {"recommendations": [*recommended, EXTENSION]}),
        TASKS: _written({"version": "2.0.0"} | tasks | {"tasks": _with_ours(tasks.get("tasks"))}),
    }
    return [write_text(folder / name, text) for name, text in texts.items()]


def write_text(path: Path, text: str) -> Path:
    """Raises `LisaError` where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise refusal(f"{path}: lässt sich nicht anlegen ({cause(error)}). Anderen Ort wählen.", error) from error
    return path


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise refusal(f"{path}: lässt sich nicht lesen ({cause(error)}).", error) from error
    except ValueError as error:
        where = f" (Zeile {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        what = f"{path}: Das ist kein JSON{where}; Kommentare und ein Komma vor einer schließenden Klammer versteht"
        raise LisaError(f"{what} LISA dort nicht. Entfernen, oder die Datei beiseitelegen.") from error
    if not isinstance(found, dict):
        raise LisaError(f"{path}: Hier muss ein Objekt in geschweiften Klammern stehen. Die Datei beiseitelegen.")
    return found


def _with_ours(there: object) -> list[object]:
    """The tasks that are there, and ours, which may be there in another version."""
    listed = there if isinstance(there, list) else []
    theirs = [one for one in listed if not (isinstance(one, dict) and one.get("label") == TASK["label"])]
    return [*theirs, TASK]


def _joined(there: object, ours: dict[str, str]) -> dict[str, object]:
    return {**(there if isinstance(there, dict) else {}), **ours}


def _written(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
