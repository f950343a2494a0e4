"""Visual Studio Code without its window: the language server of the Cucumber extension in a folder of `lisa new`."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lisa_core.harness.match.known import known_in
from lisa_core.harness.start.editor_files import DEFINITIONS, EXTENSION, SETTINGS, write_editor_files
from lisa_core.harness.start.folder import new_folder
from lisa_core.harness.text.keywords import STEP_WORDS
from tests.tidy.sources import ROOT

pytestmark = pytest.mark.peer

SERVER = Path(__file__).parent / "node" / "language_server.cjs"
LIMIT_S = 60
SECTION = "cucumber."


@dataclass
class Editor:
    """What the editor does for whoever writes: questions to the server, and what the server underlines.

    Source: Language Server Protocol 3.17.
    """

    folder: Path
    process: asyncio.subprocess.Process
    _asked: int = 0
    _answers: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    _underlined: dict[str, asyncio.Future[list[dict[str, Any]]]] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    faults: list[str] = field(default_factory=list)

    async def ask(self, method: str, **params: object) -> Any:
        self._asked += 1
        answer = self._answers[self._asked] = asyncio.get_running_loop().create_future()
        self._say(id=self._asked, method=method, params=params)
        return await answer

    async def underlined(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with this text; what is wrong with it."""
        found = self._underlined[path.as_uri()] = asyncio.get_running_loop().create_future()
        self.tell(
            "textDocument/didOpen",
            textDocument={"uri": path.as_uri(), "languageId": "cucumber", "version": 1, "text": text},
        )
        return await found

    async def at(self, method: str, path: Path, line: int, character: int) -> Any:
        """Ask about a place of an open file, counted from 0."""
        return await self.ask(
            method, textDocument={"uri": path.as_uri()}, position={"line": line, "character": character}
        )

    def tell(self, method: str, **params: object) -> None:
        self._say(method=method, params=params)

    def _say(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def listen(self) -> None:
        assert self.process.stdout
        while head := await self.process.stdout.readuntil(b"\r\n\r\n"):
            length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.startswith(b"Content-Length"))
            self._take(json.loads(await self.process.stdout.readexactly(length)))

    def _take(self, message: dict[str, Any]) -> None:
        method, params = message.get("method", ""), message.get("params", {})
        if not method:
            assert "error" not in message, message
            self._answers.pop(message["id"]).set_result(message["result"])
        elif method == "workspace/configuration":
            self._say(id=message["id"], result=[settings(self.folder)])
        elif "id" in message:
            self._say(id=message["id"], result=None)
        elif method == "textDocument/publishDiagnostics" and params["uri"] in self._underlined:
            self._underlined.pop(params["uri"]).set_result(params["diagnostics"])
        elif method == "window/logMessage":
            self.faults += [params["message"]] if params["type"] == 1 else []
            if params["message"].startswith("* Built "):
                self.ready.set()


def settings(folder: Path) -> Mapping[str, object]:
    """The section `cucumber` of the folder's settings, as the editor hands it on."""
    there = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    return {key.removeprefix(SECTION): value for key, value in there.items() if key.startswith(SECTION)}


@contextlib.asynccontextmanager
async def opened(folder: Path, node: str, modules: Path) -> AsyncIterator[Editor]:
    """The folder in an editor that has read all its files."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        node, str(SERVER), "--stdio", stdin=pipe, stdout=pipe, env={"NODE_PATH": str(modules)}, cwd=folder
    )  # there: it takes what it finds for files of its working folder
    editor = Editor(folder, process)
    async with asyncio.timeout(LIMIT_S), asyncio.TaskGroup() as group:
        listening = group.create_task(editor.listen())
        try:
            capabilities = {
                "workspace": {"configuration": True},
                "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}, "definition": {}},
            }
            await editor.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=capabilities)
            editor.tell("initialized")
            await editor.ready.wait()
            yield editor
        finally:
            listening.cancel()
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What `lisa new folder` makes, with all shipped features beside it."""
    new_folder(tmp_path / "mein")
    for path in (ROOT / "features").rglob("*.feature"):
        place = tmp_path / "mein" / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    return tmp_path / "mein"


def test_every_shipped_sentence_is_known_and_leads_to_what_it_means(
    folder: Path, need: Callable[[str], str], npm: Callable[[str], Path]
) -> None:
    node, modules = need("node"), npm("cucumber-language-server") / "node_modules"
    meanings = (folder / DEFINITIONS).read_text(encoding="utf-8").splitlines()

    files = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.feature"))}

    async def run() -> None:
        async with opened(folder, node, modules) as editor:
            said: set[str] = set()
            for path, text in files.items():
                assert await editor.underlined(path, text) == [], path
                for number, line in enumerate(text.splitlines()):
                    keyword, _, sentence = line.strip().partition(" ")
                    if keyword not in STEP_WORDS or sentence in said or "<" in sentence:  # none for an outline
                        continue
                    said.add(sentence)
                    places = await editor.at("textDocument/definition", path, number, len(line))
                    lines = [meanings[place["targetSelectionRange"]["start"]["line"]] for place in places]
                    # twice where it may be said with Angenommen and with Wenn
                    assert len({one.partition("(")[2] for one in lines}) == 1, (sentence, lines)
            assert len(said) > 500
            assert editor.faults == []

    asyncio.run(run())


WRONG = """\
# language: de
Funktionalität: Was der Editor sieht

  Szenario: Ein Satz, den es nicht gibt, und ein Wort, das es nicht gibt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Wenn der Bürger das Bürgerhaus betritt
    Dann klingelt es bei Frau Brandt innerhalb von zwei Stündchen
    Und endet der Besuch als „verlaufen“
    Und endet der Besuch als „folgetermin“
    Wenn Frau
"""


def test_what_is_wrong_is_underlined_and_what_is_begun_completed(
    folder: Path, need: Callable[[str], str], npm: Callable[[str], Path]
) -> None:
    node, modules = need("node"), npm("cucumber-language-server") / "node_modules"
    known = known_in("emulated")
    assert known is not None

    async def run() -> None:
        async with opened(folder, node, modules) as editor:
            path = folder / "falsch.feature"
            wrong = await editor.underlined(path, WRONG)
            assert [one["range"]["start"]["line"] for one in wrong] == [5, 6, 7, 9]
            offered = await editor.at("textDocument/completion", path, 9, len("    Wenn Frau"))
            by_label = {one["label"]: one["textEdit"]["newText"] for one in offered}
            accepts = by_label["{Mitarbeiterin} das Gespräch annimmt"]
            choices = accepts.partition("|")[2].partition("|}")[0].split(",")
            assert set(known.agents) & set(choices) >= {"Frau Brandt", "Frau Vogt"}
            assert len(choices) == 10  # all that it shows

    asyncio.run(run())


def test_what_stands_in_the_settings_stays_and_ours_is_renewed(tmp_path: Path) -> None:
    new_folder(tmp_path / "mein")
    path = tmp_path / "mein" / SETTINGS
    made = json.loads(path.read_text(encoding="utf-8"))
    theirs = {"editor.tabSize": 2, "files.associations": {"*.txt": "markdown"}, "cucumber.glue": ["alt.py"]}
    path.write_text(json.dumps(theirs), encoding="utf-8")
    (tmp_path / "mein" / DEFINITIONS).write_text("alt", encoding="utf-8")
    extensions = tmp_path / "mein" / ".vscode" / "extensions.json"
    extensions.write_text(json.dumps({"recommendations": ["ms-python.python"]}), encoding="utf-8")
    write_editor_files(tmp_path / "mein", "emulated")
    renewed = json.loads(path.read_text(encoding="utf-8"))
    assert renewed == made | {
        "editor.tabSize": 2,
        "files.associations": {"*.txt": "markdown", "*.feature": "cucumber"},
    }
    assert "Given(" in (tmp_path / "mein" / DEFINITIONS).read_text(encoding="utf-8")
    assert json.loads(extensions.read_text(encoding="utf-8")) == {"recommendations": ["ms-python.python", EXTENSION]}
