"""Requirements and scenarios: what is written wrong, what does not fit together, and what a run has shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import LEFT_OUT, Verdict
from lisa_core.harness.report.requirements import load, shipped_folder
from tests.gherkin.conftest import GOOD, Folder

ONE = '[[anforderung]]\nid = "{id}"\ntext = "T"\ntext_en = "T"\nquelle = "Q"\n'
PART = '[[anforderung.teil]]\nid = "{id}"\ntext = "Teil {id}"\ntext_en = "Part {id}"\n'
LIMIT = '\n[anforderung.grenze]\nmessung = "m"\nhoechstens = 2\neinheit = "s"\nunsicherheit = 0.1\n'
# what stands in the file -> words of the finding
WRONG = {
    "keine = 1\n": "enthält keine Anforderung",
    "[[anforderung]\n": "lässt sich nicht lesen",
    ONE.format(id="K 1"): "„K 1“ ist keine Kennung",
    ONE.format(id="K.1").replace('quelle = "Q"\n', ""): "Der Anforderung „K.1“ fehlt „quelle“",
    ONE.format(id="K.1") + 'qelle = "Q"\n': "Den Schlüssel „qelle“ gibt es nicht. Meinten Sie „quelle“?",
    ONE.format(id="K.1") + ONE.format(id="K.1"): "Die Anforderung „K.1“ gibt es schon",
    ONE.format(id="S0.10"): "Die Anforderung „S0.10“ gibt es schon",
    ONE.format(id="K.1") + LIMIT.replace('"s"', '"sek"'): "Die Einheit „sek“ gibt es nicht",
    ONE.format(id="K.1") + LIMIT.replace("hoechstens", "hoechsten"): "Meinten Sie „hoechstens“?",
    ONE.format(id="K.1") + LIMIT + "mindestens = 1\n": "fehlt eine Zahl",
    ONE.format(id="K.1") + LIMIT.replace("0.1", '"viel"'): "fehlt eine Zahl",
    ONE.format(id="K.1") + LIMIT + 'regel = "würfeln"\n': "Die Entscheidungsregel „würfeln“ gibt es nicht",
    ONE.format(id="K.1") + LIMIT.replace("0.1", "-0.1"): "fehlt eine Zahl",
    ONE.format(id="K.1") + LIMIT.replace("[anforderung.grenze]", "[grenze]"): "Den Schlüssel „grenze“ gibt es nicht",
    ONE.format(id="K.1") + 'grenze = "bald"\n': "Die Grenze von „K.1“ ist keine Tabelle",
    ONE.format(id="K.1") + 'teil = "zwei"\n': "Die Teile von „K.1“ sind keine Tabellen",
    ONE.format(id="K.1")
    + PART.format(id="a")
    + PART.format(id="a"): "eigene.toml:11: Den Teil „K.1.a“ gibt es zweimal",
    ONE.format(id="K.1") + PART.format(id="a.b"): "Die Kennung eines Teils hat keinen Punkt",
    ONE.format(id="K.1") + PART.format(id="a") + 'quelle = "Q"\n': "Den Schlüssel „quelle“ gibt es nicht",
    ONE.format(id="K.1") + PART.format(id="a").replace("text_en", "#"): "Der Anforderung „K.1.a“ fehlt „text_en“",
    ONE.format(id="K.1") + PART.format(id="a") + ONE.format(id="K.1.a"): "Die Anforderung „K.1.a“ gibt es schon",
}


def own(folder: Folder, text: str) -> Path:
    path = folder.path / "anforderungen" / "eigene.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", WRONG)
def test_what_is_written_wrong_is_named_with_file_and_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "eigene.toml").write_text(text, encoding="utf-8")
    shipped = shipped_folder()
    assert shipped is not None
    found = load([shipped, tmp_path]).findings
    assert any(WRONG[text] in str(finding) for finding in found), found
    assert all(finding.path == tmp_path / "eigene.toml" for finding in found)


def test_shipped_requirements_are_in_order_and_know_every_seed_that_software_can_show() -> None:
    shipped = shipped_folder()
    assert shipped is not None
    catalogue = load([shipped])
    assert not catalogue.findings
    seeds = [one for one in catalogue.known.values() if one.from_brief]
    assert len(seeds) == 55
    assert all(one.text_en and one.source for one in seeds)


def test_wrong_requirements_refuse_the_run(folder: Folder) -> None:
    own(folder, ONE.format(id="K.1").replace("quelle", "qelle"))
    folder.write("gut", GOOD.format(name="A", total=5))
    for code, output in (folder.run(), folder.pytest(".")):
        assert code in {2, 4}
        assert "anforderungen/eigene.toml:2: Den Schlüssel „qelle“ gibt es nicht. Meinten Sie „quelle“?" in output


def test_one_name_with_two_limits_in_folders_side_by_side_is_refused(folder: Folder) -> None:
    for number, limit in (("a", "0.2"), ("b", "5")):
        (folder.path / number / "anforderungen").mkdir(parents=True)
        text = ONE.format(id="K.1") + LIMIT.replace("= 2", f"= {limit}")
        (folder.path / number / "anforderungen" / "e.toml").write_text(text, encoding="utf-8")
        head = f"# language: de\nFunktionalität: {number}\n\n  @anf:K.1\n"
        folder.write(f"{number}/x", head + GOOD.format(name=number, total=5))
    code, output = folder.run()
    assert (code, "Die Anforderung „K.1“ gibt es schon in" in output) == (4, True)


def test_file_from_notepad_is_read_and_what_cannot_be_read_is_blamed_itself(folder: Folder) -> None:
    path = own(folder, "\ufeff" + ONE.format(id="K.1"))
    folder.write("gut", "  @anf:K.1\n" + GOOD.format(name="A", total=5))
    assert folder.run()[0] == 0
    path.write_text(ONE.format(id="K.1") + LIMIT.replace('"s"', '"sek"'), encoding="utf-8")
    code, output = folder.run()
    assert (code, "Die Einheit „sek“ gibt es nicht" in output, "K.1“ gibt es nicht" in output) == (4, True, False)


def test_both_directions_are_checked_when_the_whole_folder_runs(folder: Folder) -> None:
    own(folder, ONE.format(id="K.1") + ONE.format(id="K.2") + ONE.format(id="K.3") + 'offen = "Später."\n')
    folder.write("gut", "  @anf:K.1 @anf:K.3\n" + GOOD.format(name="A", total=5))
    code, output = folder.run()
    assert code == 4
    assert "eigene.toml:7: Zur Anforderung „K.2“ gibt es kein Szenario." in output
    assert "eigene.toml:12: Die Anforderung „K.3“ steht als offen da, aber ein Szenario zeigt sie." in output
    assert folder.run("gut.feature")[0] == 0


def test_a_run_of_a_part_says_what_of_its_folders_it_leaves_out(folder: Folder) -> None:
    own(folder, ONE.format(id="K.1") + ONE.format(id="K.2"))
    folder.write("eins", "  @anf:K.1\n" + GOOD.format(name="A", total=5))
    folder.write(
        "zwei", "  @anf:K.2\n" + GOOD.format(name="B", total=5).replace("Funktionalität: A", "Funktionalität: B")
    )
    for part, left in ((("eins.feature",), "eine Anforderung desselben Ordners"), ((), None)):
        assert folder.run(*part)[0] == 0
        stream = (folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8")
        assert dict(read(stream).environment).get(LEFT_OUT) == left


def test_matrix_shows_each_requirement_of_the_folder_and_those_of_others_that_are_named(folder: Folder) -> None:
    own(folder, ONE.format(id="K.1") + ONE.format(id="K.3") + 'offen = "Kommt noch."\n')
    folder.write("gut", "  @anf:K.1 @anf:S3.6\n" + GOOD.format(name="A", total=5))
    code, output = folder.run()
    assert code == 0
    assert "Anforderungen der Ausschreibung: 1 von 1 gezeigt" in output
    assert [cell in folder.report for cell in ("K.1</th>", "K.3</th>", "S3.6</th>", "S3.7</th>")] == [
        True,
        True,
        True,
        False,
    ]
    assert "Kommt noch." in folder.report


def test_requirement_is_shown_only_when_everything_that_names_it_passed(folder: Folder) -> None:
    own(folder, ONE.format(id="K.1"))
    both = (
        "  @anf:S3.6\n" + GOOD.format(name="A", total=5) + "\n  @anf:S3.6 @anf:K.1\n" + GOOD.format(name="B", total=6)
    )
    folder.write("gemischt", both)
    code, output = folder.run()
    assert (code, "Anforderungen der Ausschreibung: 0 von 1 gezeigt" in output) == (1, True)


def test_a_district_adds_a_folder_of_its_own_beside_its_features(folder: Folder) -> None:
    """In a folder below, the requirements of all folders above it hold as well."""
    own(folder, ONE.format(id="K.1"))
    folder.write("oben", "  @anf:K.1\n" + GOOD.format(name="A", total=5))
    (folder.path / "landkreis" / "anforderungen").mkdir(parents=True)
    (folder.path / "landkreis" / "anforderungen" / "l.toml").write_text(ONE.format(id="L.1"), encoding="utf-8")
    text = "# language: de\nFunktionalität: L\n\n  @anf:L.1 @anf:K.1 @anf:S0.10x\n" + GOOD.format(name="B", total=5)
    folder.write("landkreis/eigenes", text.replace(" @anf:S0.10x", ""))
    assert folder.run()[0] == 0
    assert folder.run("landkreis")[0] == 0
    folder.write("landkreis/eigenes", text)
    assert "Die Anforderung „S0.10x“ gibt es nicht. Meinten Sie „S0.10“?" in folder.run("landkreis")[1]
    folder.write("oben", "  @anf:K.1 @anf:L.1\n" + GOOD.format(name="A", total=5))
    assert "oben.feature:4: Die Anforderung „L.1“ gibt es nicht." in folder.run()[1]


def test_requirement_of_parts_is_shown_only_with_all_of_them_and_the_missing_one_is_named(folder: Folder) -> None:
    parts = PART.format(id="a") + PART.format(id="b") + 'offen = "Kommt noch."\n'
    limited = PART.format(id="c") + LIMIT.replace("[anforderung.grenze]", "[anforderung.teil.grenze]")
    own(folder, ONE.format(id="S9.1") + parts + ONE.format(id="S9.2") + limited)
    both = (
        "  @anf:S9.1.a\n"
        + GOOD.format(name="A", total=5)
        + "\n  @anf:S9.1 @anf:S9.2.c\n"
        + GOOD.format(name="B", total=5)
    )
    folder.write("teile", both)
    code, output = folder.run()
    assert (code, "Anforderungen der Ausschreibung: 0 von 2 gezeigt" in output) == (2, True), output
    assert "Für S9.2.c fehlt die Messung „m“" in output  # a limit of a part holds for who names it
    assert "Nicht in allen Teilen gezeigt:" in output.splitlines()
    assert "  S9.1 nicht geprüft. Es fehlt: Teil b (nicht geprüft)" in output.splitlines()
    junit = (folder.path / "out" / "junit.xml").read_text(encoding="utf-8")
    assert ">Es fehlt: Teil b (nicht geprüft)<" in folder.report
    assert 'name="lisa.anforderung.S9.1" value="nicht geprüft. Es fehlt: Teil b (nicht geprüft)"' in junit
    record = read((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8"))
    (one,) = (one for one in record.requirements if one.id == "S9.1")
    assert [(part.id, part.verdict) for part in one.parts] == [
        ("S9.1.a", Verdict.PASSED),
        ("S9.1.b", Verdict.NOT_CHECKED),
    ]
    assert ([part.id for part in one.missing], len(one.scenarios)) == (["S9.1.b"], 2)
    folder.write("teile", both.replace("@anf:S9.1 @", "@anf:S9.1.bb @"))
    assert "teile.feature:10: Die Anforderung „S9.1“ hat keinen Teil „bb“. Meinten Sie „S9.1.b“?" in folder.run()[1]


def test_the_same_requirement_twice_is_one_and_another_one_is_told(tmp_path: Path) -> None:
    shipped = shipped_folder()
    assert shipped is not None
    copy = tmp_path / "anforderungen"
    shutil.copytree(shipped, copy)
    catalogue = load([shipped, copy])
    assert not catalogue.findings
    written = [one.path.parent for one in catalogue.known.values() if one.path.parent.name == shipped.name]
    assert set(written) == {copy}, "the nearer file speaks"
    path = copy / "s1-projekt.toml"
    text = path.read_text(encoding="utf-8")
    for old, new, word in (
        ("hoechstens = 200", "hoechstens = 2000", "Grenze|Teile"),
        ('id = "datenschutz"', 'id = "datenschutzz"', "Teile"),
        ("Das Angebot ist barrierefrei.", "Das Angebot ist schön.", "Text"),
    ):
        path.write_text(text.replace(old, new), encoding="utf-8")
        (found,) = load([shipped, copy]).findings
        assert (found.path, bool(re.search(rf"Dort steht es anders \(({word})\)", str(found)))) == (path, True)
