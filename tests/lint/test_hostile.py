"""What nobody means to hand in and somebody does: names that are no text, pipes, sentences of a million letters."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lisa_core.cli.start.seal_key import seal_key
from lisa_core.config.toml import read_toml
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.acceptance.book import read_book
from lisa_core.harness.certify.dsse import read_private_key
from lisa_core.harness.certify.gather import read_bytes as read_bundle
from lisa_core.harness.choice.durations import read_durations
from lisa_core.harness.history.toml_file import TomlFile
from lisa_core.harness.history.toml_file import read_toml as read_rules_text
from lisa_core.harness.lint.place import Span, lines_of
from lisa_core.harness.lint.sarif import document
from lisa_core.harness.match.advice import MAX_CHARS, advice, nearest_sentences
from lisa_core.harness.match.catalogue import import_steps
from lisa_core.harness.match.own.definitions import MOST_SENTENCES
from lisa_core.harness.start.look import Looked, mend
from lisa_core.harness.start.places import find
from lisa_core.harness.text.document import text_of
from lisa_core.harness.text.findings import Finding
from lisa_core.host.paths import MOST_BYTES, read_bytes
from lisa_core.wire.toml_text import parse_toml
from tests.gherkin.copies import lisa

SPELLED = '„alle "x" rufen.“ läuft, wird aber mit „ “ und ohne Punkt geschrieben.'


def test_a_folder_without_a_feature_that_would_run_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "ordner.feature").mkdir()
    (tmp_path / ".versteckt").mkdir()
    (tmp_path / ".versteckt" / "a.feature").write_text("# language: de\n", encoding="utf-8")
    (found,) = find([str(tmp_path)]).wrong
    assert (found.rule, found.what) == ("datei-fehlt", "In diesem Ordner liegt keine Feature-Datei (.feature).")


def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.feature"
    os.mkfifo(pipe)
    for place in (tmp_path, pipe):
        (found,) = find([str(place)]).wrong
        assert found.path == pipe
        assert found.rule == "datei-unlesbar"
    assert lines_of(pipe) == (), "to show it, nobody waits for it either"


READERS: Mapping[str, Callable[[Path], object]] = {
    "profile": read_toml,
    "rules of a gate": lambda path: _no_finding(read_rules_text(path)),
    "durations": read_durations,
    "bundle": lambda path: read_bundle(path, "Das Prüfpaket"),
    "key": read_private_key,
    "booth's key": seal_key,
    "acceptance": read_book,
}


@pytest.mark.parametrize("what", READERS)
def test_for_a_pipe_in_the_place_of_a_file_nobody_waits(what: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "leitung")
    with pytest.raises(LisaError, match=r"leitung.*keine Datei, sondern eine Pipe"):
        READERS[what](tmp_path / "leitung")


def _no_finding(found: TomlFile) -> None:
    if found.finding is not None:
        raise LisaError(str(found.finding))


def test_a_pipe_that_the_shell_has_opened_is_read() -> None:
    here, there = os.pipe()
    os.write(there, b"[gate]\n")
    os.close(there)
    try:
        assert read_bytes(Path(f"/dev/fd/{here}")) == b"[gate]\n"
    finally:
        os.close(here)


def test_more_than_anybody_writes_is_not_read(tmp_path: Path) -> None:
    for name, read in (("a.feature", text_of), ("a.toml", read_toml)):
        path = tmp_path / name
        path.touch()
        os.truncate(path, MOST_BYTES + 1)
        with pytest.raises(LisaError, match=f"{name}.*darin steht mehr als 32 MiB"):
            read(path)
        assert lines_of(path) == ()


def test_a_file_whose_name_is_no_text_has_its_place_in_sarif(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "anders"):
        path = tmp_path / os.fsdecode(b"b\xff.feature")
        run = document([(Finding(path, 1, "Etwas.", ""), Span(1, 1, 2))], folder)["runs"]
        assert "b%FF.feature" in str(run)


def test_near_a_sentence_of_a_million_letters_nothing_is_sought() -> None:
    import_steps()
    assert advice("when", "x" * 1_000_000) == "Alle Schritte zeigt: lisa steps"
    assert "Meinten Sie" in advice("when", "die Bürgerin das Bürgerhaus betritt")
    assert MAX_CHARS >= 1000


def test_a_word_of_the_sentence_itself_is_not_put_in_the_place_of_a_name() -> None:
    import_steps()
    assert nearest_sentences("given", "das Bürgerbüro ist geöffnet")[0] == "das Bürgerbüro Templin ist geöffnet"


def test_a_disk_without_space_leaves_the_testers_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.feature"
    text = '# language: de\r\n    Wenn alle "x" rufen.\r\n'
    path.write_bytes(text.encode())
    note = Finding(path, 2, SPELLED, "Meinten Sie „alle „x“ rufen“?", "schreibweise")

    def full(number: int) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(Exception, match=r"lässt sich nicht umschreiben"):
            mend(Looked((note,), None))
    assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]
    assert mend(Looked((note,), None)).findings == ()
    assert path.read_bytes() == "# language: de\r\n    Wenn alle „x“ rufen\r\n".encode()


def test_a_number_of_which_no_text_can_be_made_is_no_toml() -> None:
    assert parse_toml(f"a = {2**63 - 1}\nb = {-(2**63) + 1}")
    with pytest.raises(tomllib.TOMLDecodeError):
        parse_toml("a = [{b = 0x" + "f" * 5000 + "}]")


ENDLESS = "Satz: Wenn alles beginnt\n    Wenn alles beginnt\n"
DOUBLING = "Satz: Wenn alles beginnt\n    Wenn s0 da ist\n\n" + "".join(
    f"Satz: Wenn s{number} da ist\n    Wenn s{number + 1} da ist\n    Wenn s{number + 1} da ist\n\n"
    for number in range(40)
)
FEATURE = """# language: de
Funktionalität: {name}

  Szenario: Benutzt ihn
    Wenn alles beginnt
    Dann endet der Besuch als „erledigt_beratung“
"""


def test_sentences_without_end_are_told_where_a_scenario_uses_them_too(tmp_path: Path) -> None:
    ends = f"{DOUBLING}Satz: Wenn s40 da ist\n    Wenn hier anhalten\n"
    for name, sentences in (("kreis", ENDLESS), ("lang", ends)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.satz").write_text(sentences, encoding="utf-8")
        (folder / "a.feature").write_text(FEATURE.format(name=name), encoding="utf-8")
    code, output = lisa("lint", "kreis", "lang", "--format", "json", where=tmp_path)
    found = json.loads(output)["findings"]
    assert code == 4
    assert {one["rule"] for one in found} == {"eigener-satz"}
    said = {one["file"]: one["message"] for one in found}
    assert "verwendet sich selbst" in said["kreis/a.satz"]
    assert "entfaltet sich zu mehr als 500 Schritten" in said["lang/a.satz"]


@pytest.mark.parametrize(("many", "refused"), [(MOST_SENTENCES, False), (3000, True)])
def test_more_sentences_of_ones_own_than_anybody_reads_are_refused_at_once(
    tmp_path: Path, many: int, refused: bool
) -> None:
    """Each of them made of the next: as many as there may be are understood, too."""
    chain = [
        f"Satz: Wenn die Bürgerin {number}-mal winkt\n  Wenn die Bürgerin {number + 1}-mal winkt\n"
        for number in range(many - 1)
    ]
    last = f"Satz: Wenn die Bürgerin {many - 1}-mal winkt\n  Wenn die Bürgerin das Bürgerbüro betritt\n"
    (tmp_path / "viele.satz").write_text("# language: de\n\n" + "\n".join([*chain, last]), encoding="utf-8")
    (tmp_path / "a.feature").write_text(
        "# language: de\nFunktionalität: A\n  Szenario: A\n    Angenommen das Bürgerbüro Templin ist geöffnet\n"
        "    Wenn die Bürgerin 0-mal winkt\n    Dann ist das Bürgerbüro nicht mehr frei\n",
        encoding="utf-8",
    )
    _, output = lisa("lint", str(tmp_path), where=tmp_path)
    assert ("höchstens 300 dürfen es sein" in output) is refused, output
    assert "Recursion" not in output
