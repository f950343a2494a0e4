"""Every mistake of a profile at once: whatever stands beside it, each is told with its own line and nothing else is."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.cli.commands import lisa
from lisa_core.config.hardware.mistakes import WrongProfileError
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.start.vendor.check import checked

SOUND = """\
schema = 1
[profile]
id = "vor-ort"
extends = "emulated"
"""
Planted = tuple[str, str, tuple[tuple[int, str], ...]]
PLANTED: dict[str, Planted] = {
    # the table it stands in, its lines, and for each mistake the line within them (0: the header) and what is said
    "key": ("profile", 'sight = "templin"', ((1, "„profile.sight“ gibt es nicht. Meinten Sie „site“?"),)),
    "class": ("profile", 'class = "gibt-es-nicht-1"', ((1, "Die Klasse „gibt-es-nicht-1“ gibt es nicht."),)),
    "type": ("profile", "landkreis = 7", ((1, "„profile.landkreis“ muss Text in Anführungszeichen sein"),)),
    "table": ("profiles", 'id = "x"', ((0, "Den Schlüssel „profiles“ gibt es nicht. Meinten Sie „profile“?"),)),
    "part of a table": (
        "slot.presence",
        'binding = "x"',
        ((0, "Den Schlüssel „slot“ gibt es nicht. Meinten Sie „slots“?"),),
    ),
    "slot": ("slots.scannr", 'binding = "x"', ((0, "Den Steckplatz „scannr“ gibt es nicht."),)),
    "driver": ("slots.printer", 'driver = "ip"\nbinding = "ipp://a"', ((1, "Den Treiber „ip“ gibt es nicht."),)),
    "unbound": ("slots.scanner", 'driver = "camera"', ((0, "Der Schlüssel „slots.scanner.binding“ fehlt."),)),
    "misfit": ("slots.loudspeaker", 'driver = "escl"\nbinding = "http://a"', ((1, "„escl“ kann das nicht."),)),
    "address": ("slots.presence", 'binding = "ttyUSB0"', ((1, "Der Pfad eines Anschlusses beginnt mit „/“"),)),
    "options": (
        "slots.camera_head",
        'binding = "udp://a"\ncamera = 9\nspead = 3',
        ((2, "„slots.camera_head.camera“ muss zwischen"), (3, "„slots.camera_head.spead“ gibt es nicht.")),
    ),
    "declaration": (
        "slots.card_reader",
        'binding = "vpcd://127.0.0.1:35963"\nvendor = 5\ncapabilities = ["kennun"]\nfamily = ["A", "B"]\nmodel = "C"',
        (
            (2, "„slots.card_reader.vendor“ muss Text in Anführungszeichen sein"),
            (3, "kennt keine Fähigkeit „kennun“. Meinten Sie „kennung“?"),
            (4, "warum ein Modell für alle steht"),
            (4, "Das geprüfte Modell „C“ steht nicht in family (A, B)."),
        ),
    ),
    "reason": (
        "slots.signature_pad",
        'family_reason = "wie eines"',
        ((1, 'Ohne family = ["...", "..."] begründet das nichts.'),),
    ),
    "double": (
        "slots.microphone",
        'binding = "pcm:/a"\nbinding = "pcm:/b"',
        ((2, "Das steht weiter oben schon einmal."),),
    ),
    "broken": ("slots.citizen_camera", 'fps = = 3\nbinding = "video:/dev/video0"', ((1, "kein gültiges TOML"),)),
    "port": (
        "slots.document_camera",
        'binding = "video:/dev/../dev/video7"\n[slots.induction_loop]\nbinding = "/dev/video7"\nchannel = 5',
        ((3, "führt zum selben Anschluss wie slots.document_camera"),),
    ),
    "bus": (
        "slots.door",
        'binding = "/dev/ttyS8"\nunit = 1\n[slots.lamp]\nbinding = "/dev/ttyS8"\nunit = 2',
        ((5, "slots.door an derselben Leitung (/dev/ttyS8) hat 1."),),
    ),
    "wait": ("deadlines", "farewel_ms = 3", ((1, "„deadlines.farewel_ms“ gibt es nicht. Meinten Sie „farewell_ms“?"),)),
    "long wait": ("exchange", "ring_ms = 0", ((1, "„exchange.ring_ms“ muss über 0 liegen; hier steht 0."),)),
    "plan": ("world", 'faults = "toaster.brennt@1s"', ((1, "toaster"),)),
    "laxer": (
        'limits."anruf.klingelt"',
        'hoechstens = 2500\neinheit = "ms"',
        ((1, "zu locker: S0.10 verlangt höchstens 2 s. Ein Profil darf Grenzen nur verschärfen."),),
    ),
    "other side": (
        'limits."bild.rate"',
        'hoechstens = 25\neinheit = "Bilder/s"',
        ((1, "„hoechstens“ passt nicht zu bild.rate: hier gilt „mindestens“. S0.7 verlangt mindestens 20 Bilder/s."),),
    ),
    "other unit": (
        'limits."eingaben.bis_begruessung"',
        'hoechstens = 0\neinheit = "s"',
        ((2, "Die Einheit „s“ passt nicht zu eingaben.bis_begruessung. S0.9 verlangt höchstens 0 Stück."),),
    ),
    "unmeasured": (
        'limits."anruf.klingeln"',
        'hoechstens = 1\neinheit = "s"',
        ((0, "Meinten Sie „anruf.klingelt“?"),),
    ),
    "no limit": (
        'limits."unterlagen.ausgeblendet"',
        'hoechstens = "1"\nunsicherheit = 3',
        ((0, "Die Einheit fehlt"), (1, "muss eine Zahl sein; hier steht '1'."), (2, "sagt die Anforderung, nicht das")),
    ),
}
OF_REQUIREMENTS = {"laxer", "other side", "other unit", "unmeasured"}
"""What only those see who know the requirements."""


def planted(names: list[str]) -> tuple[str, list[tuple[int, str]]]:
    """A profile with these mistakes, and what has to be told: line and words."""
    text, told = SOUND, []
    for table, lines, mistakes in (PLANTED[name] for name in names):
        header = text.count("\n") + 1
        if table == "profile":  # its table is there already
            text, header = f"{text.replace('[profile]', f'[profile]{chr(10)}{lines}', 1)}", 2
            told = [(line + (line > 2), words) for line, words in told]
        else:
            text += f"[{table}]\n{lines}\n"
        told += [(header + line, words) for line, words in mistakes]
    return text, sorted(told)


@pytest.mark.parametrize("name", PLANTED)
def test_a_mistake_is_told_with_its_line_and_what_to_do(name: str, tmp_path: Path) -> None:
    _compare([name], tmp_path / "p.toml")


@given(st.sets(st.sampled_from(sorted(PLANTED)), min_size=2))
@settings(max_examples=100 if os.environ.get("LISA_LONG") == "1" else 8)
def test_mistakes_side_by_side_are_all_told_and_none_hides_or_makes_another(
    tmp_path_factory: pytest.TempPathFactory, names: set[str]
) -> None:
    _compare(sorted(names, key=lambda name: PLANTED[name][0] != "profile"), tmp_path_factory.mktemp("p") / "p.toml")


def _compare(names: list[str], path: Path) -> None:
    text, expected = planted(names)
    path.write_text(text, encoding="utf-8")
    found = checked(str(path)).mistakes
    assert sorted((one.line, one.path) for one in found) == [(line, path) for line, _ in expected], "\n".join(
        map(str, found)
    )
    for line, words in expected:
        assert any(words in one.text for one in found if one.line == line), (words, *map(str, found))
    if set(names) - OF_REQUIREMENTS:
        with pytest.raises(WrongProfileError) as caught:
            load_profile(str(path))
        assert set(caught.value.mistakes) <= set(found), "one reading"


@pytest.mark.parametrize(
    "lines",
    [
        # a bus is one line, however many hang on it; web servers and frame files have room for several
        '[slots.door]\nbinding = "/dev/ttyS8"\n[slots.lamp]\nbinding = "/dev/ttyS8"\n',
        '[slots.scanner]\nbinding = "http://mfp:631/eSCL"\n[slots.printer]\ndriver = "ipp"\nbinding = "ipp://mfp/ipp"\n',
        '[slots.citizen_camera]\nbinding = "frames:/x"\n[slots.document_camera]\nbinding = "frames:/x"\n',
        '[slots.door]\nbinding = "tcp://127.0.0.1:502"\n[slots.camera_head]\nbinding = "udp://127.0.0.1:502"\n',
        '[limits."anruf.klingelt"]\nhoechstens = 2000\neinheit = "ms"\n',
        '[limits."bild.rate"]\nmindestens = 24.5\neinheit = "Bilder/s"\n',
        '[slots.presence]\nbinding = "/dev/x"\nmodel = "LD2410"\nfamily = ["LD2410", "B"]\nfamily_reason = "gleich"\n',
    ],
)
def test_what_is_right_is_taken(lines: str, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f"{SOUND}{lines}", encoding="utf-8")
    assert not checked(str(path)).mistakes
    assert load_profile(str(path)).slots.keys() == load_profile("emulated").slots.keys()


def test_two_names_of_one_line_are_one_line(tmp_path: Path) -> None:
    """As a link in /dev/serial/by-id leads to where /dev/ttyUSB0 is."""
    (tmp_path / "ttyUSB0").touch()
    (tmp_path / "by-id").symlink_to(tmp_path / "ttyUSB0")
    path = tmp_path / "p.toml"
    door, lamp = tmp_path / "ttyUSB0", tmp_path / "by-id"
    path.write_text(f'{SOUND}[slots.door]\nbinding = "{door}"\n[slots.lamp]\nbinding = "{lamp}"\n', encoding="utf-8")
    assert ["Als ein Bus wird er nur einmal geöffnet" in one.text for one in checked(str(path)).mistakes] == [True]
    path.write_text(
        f'{SOUND}[slots.door]\nbinding = "{door}"\n[slots.presence]\nbinding = "{lamp}"\n', encoding="utf-8"
    )
    assert [one.line for one in checked(str(path)).mistakes] == [6], "presence comes before the door in every profile"


def test_a_mistake_in_a_profile_that_is_extended_is_told_there_and_what_it_binds_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "haus.toml").write_text(SOUND.replace("vor-ort", "haus") + "[deadlines]\nx = 1\n", encoding="utf-8")
    path = tmp_path / "p.toml"
    path.write_text('[profile]\nid = "p"\nextends = "haus"\n[world]\njion = ""\n', encoding="utf-8")
    assert [str(one).partition(": ")[0] for one in checked(str(path)).mistakes] == [
        f"{path}:5",
        f"{tmp_path / 'haus.toml'}:6",
    ]
    (tmp_path / "haus.toml").write_text("[profile\n", encoding="utf-8")
    assert len(checked(str(path)).mistakes) == 2, "what cannot be read may bind all the rest"


def test_programs_get_the_same_as_people_and_a_wrong_profile_ends_with_4(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f"{SOUND}[deadlines]\nring = 3\n", encoding="utf-8")
    told = CliRunner().invoke(lisa, ["profile", "check", str(path), "--format", "json"], standalone_mode=False)
    assert told.return_value == 4
    (mistake,) = json.loads(told.output)["mistakes"]
    assert (mistake["file"], mistake["line"], mistake["key"]) == (str(path), 6, "deadlines.ring")
    read = CliRunner().invoke(lisa, ["profile", "check", str(path)], standalone_mode=False)
    assert read.output.splitlines() == [f"{path}:6: {mistake['text']}", f"{path}: 1 Fehler"]
    path.write_text(SOUND, encoding="utf-8")
    right = CliRunner().invoke(lisa, ["profile", "check", str(path)], standalone_mode=False)
    assert (right.return_value, right.output) == (0, f"{path}: in Ordnung.\n  alle Geräte emuliert\n")


def test_requirements_of_others_set_limits_too(tmp_path: Path) -> None:
    own = tmp_path / "features" / "anforderungen"
    own.mkdir(parents=True)
    own.joinpath("a.toml").write_text(
        '[[anforderung]]\nid = "K.1"\ntext = "a"\ntext_en = "a"\nquelle = "q"\n'
        '[anforderung.grenze]\nmessung = "tor.auf"\nhoechstens = 3\neinheit = "s"\nunsicherheit = 0.1\n',
        encoding="utf-8",
    )
    path = tmp_path / "p.toml"
    path.write_text(f'{SOUND}[limits."tor.auf"]\nhoechstens = 4\neinheit = "s"\n', encoding="utf-8")
    assert "setzt keine Anforderung" in checked(str(path)).mistakes[0].text
    assert "K.1 verlangt höchstens 3 s." in checked(str(path), [own.parent]).mistakes[0].text
    with pytest.raises(LisaError, match="Darin liegt kein Ordner „anforderungen“"):
        checked(str(path), [tmp_path])


def test_a_class_sets_limits_too_and_one_that_has_ended_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    text = SOUND.replace('extends = "emulated"', 'extends = "emulated"\nclass = "praesenzsensor-2026.1"')
    path.write_text(f'{text}[limits."praesenz.erkannt"]\nhoechstens = 4000\neinheit = "ms"\n', encoding="utf-8")
    (mistake,) = checked(str(path)).mistakes
    assert (mistake.line, "verlangt höchstens 3 s." in mistake.text) == (7, True)
    path.write_text(text, encoding="utf-8")
    assert not checked(str(path), today=date(2028, 12, 31)).mistakes
    (mistake,) = checked(str(path), today=date(2029, 1, 1)).mistakes
    assert (mistake.line, "galt bis 31.12.2028" in mistake.text) == (5, True)
    path.write_text(text.replace("-2026.1", ""), encoding="utf-8")
    (mistake,) = checked(str(path)).mistakes
    assert "Die Fassung dazuschreiben: „praesenzsensor-2026.1“" in mistake.text
    path.write_text(text.replace("praesenzsensor-2026.1", "./eigene.toml"), encoding="utf-8")
    (mistake,) = checked(str(path)).mistakes
    assert "ist eine Datei; hier steht der Name einer Klasse" in mistake.text, "whoever is judged brings no class along"


@pytest.mark.parametrize(
    ("asked", "said", "line", "words"),
    [
        ("scanner-2026.1", "", 7, "verlangt „einzug“, „kennung“; was das Gerät kann, ist nicht erklärt"),
        ("scanner-2026.1", 'capabilities = ["einzug"]\n', 9, "verlangt „kennung“, und capabilities nennt es nicht"),
        ("scanner-2026.1", 'capabilities = ["einzug", "kennung"]\n', 0, ""),
        ("buergerbuero-2026.1", 'capabilities = ["kennung"]\n', 9, "Die Klasse scanner-2026.1 verlangt „einzug“"),
        ("praesenzsensor-2026.1", "", 0, "Die Klasse praesenzsensor-2026.1 verlangt „kennung“"),
    ],
)
def test_what_a_class_asks_for_and_nobody_declares_is_a_warning_and_no_mistake(
    tmp_path: Path, asked: str, said: str, line: int, words: str
) -> None:
    path = tmp_path / "mein.toml"
    head = f'schema = 1\n[profile]\nid = "vor-ort"\nextends = "emulated"\nclass = "{asked}"\n\n'
    path.write_text(f'{head}[slots.scanner]\nbinding = "http://127.0.0.1:1/eSCL"\n{said}', encoding="utf-8")
    found = checked(str(path), today=date(2026, 12, 24))
    assert not found.mistakes
    assert bool(words) is bool(found.warnings)
    assert all(words in one.text for one in found.warnings)
    assert not line or {one.line for one in found.warnings} == {line}
    assert found.text().count("Warnung: ") == len(found.warnings)
