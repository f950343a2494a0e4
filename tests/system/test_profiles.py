"""Hardware profiles and the configuration of a Landkreis: each fault is told with file, key and the nearest word."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from emulator.memory import open_booth
from lisa_core.config.directory import load_directory
from lisa_core.config.drivers import OWN, driver, driver_faults, line_options
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import SiteId
from lisa_core.equipment.slots.catalogue import NEEDED, PROTOCOLS, SLOTS
from lisa_core.host.data import data_dir
from tests.system.programs import LISA, PROFILE

ADAPTER = f'{PROFILE}[slots.presence]\ndriver = "adapter"\n'
FAULTS = {
    '[profile]\nextends = "emulated"\n': "Der Schlüssel „profile.id“ fehlt.",
    '[profile]\nid = "x"\nid = "y"\n': ':3: Das ist kein gültiges TOML: „id = "y"“. Das steht weiter oben schon',
    "[profile]\nid = 7\n": 'Der Schlüssel „profile.id“ muss Text in Anführungszeichen sein ("..."); hier steht 7.',
    '[profile]\nid = "x"\nextends = "emulatet"\n': "Das Profil „emulatet“ gibt es nicht. Meinten Sie „emulated“?",
    '[profile]\nid = "x"\nextends = "probe"\n': "Das Profil erweitert sich selbst: probe.toml -> probe.toml.",
    '[profile]\nid = "x"\n': "Die Steckplätze presence, ",
    f"schema = 2\n{PROFILE}": "schema = 2 ist unbekannt. Diese Version liest schema = 1.",
    f"{PROFILE}[profil]\n": "Den Schlüssel „profil“ gibt es nicht. Meinten Sie „profile“?",
    f'{PROFILE}[world]\njion = ""\n': "Den Schlüssel „world.jion“ gibt es nicht. Meinten Sie „join“?",
    f"{PROFILE}[deadlines]\nring = 3\n": "Den Schlüssel „deadlines.ring“ gibt es nicht. Meinten Sie „ring_ms“?",
    f"{PROFILE}[deadlines]\nring_ms = 0\n": "Der Schlüssel „deadlines.ring_ms“ muss über 0 liegen; hier steht 0.",
    f"{PROFILE}[deadlines]\nring_ms = 99999999999\n": "„deadlines.ring_ms“ muss höchstens 86400000 sein; hier",
    f"{PROFILE}[slots.door]\nunit = 300\n": "„slots.door.unit“ muss zwischen 1 und 255 liegen; hier steht 300.",
    f"{PROFILE}[slots.lamp]\nbaudrate = 0\n": "„slots.lamp.baudrate“ muss zwischen 50 und 4000000 liegen; hier",
    f"{PROFILE}[slots.printer]\ntimeout_s = nan\n": "„slots.printer.timeout_s“ muss zwischen 0.01 und 3600 liegen",
    f'{PROFILE}[slots.door]\nparity = "x"\n': "„slots.door.parity“ muss N oder E oder O sein; hier steht 'x'.",
    f"{PROFILE}x = {'[' * 3_000}\n": ":4: Das ist kein gültiges TOML: ",
    f"{PROFILE}x = {'9' * 5_000}\n": "Das ist kein gültiges TOML: ",
    f'{PROFILE}[slots.presense]\nbinding = "x"\n': "Den Steckplatz „presense“ gibt es nicht. Meinten Sie „presence“?",
    f'{PROFILE}[slots.presence]\nbindng = "x"\n': "„slots.presence.bindng“ gibt es nicht. Meinten Sie „binding“?",
    f'{PROFILE}[slots.presence]\nbaudrate = "9600"\n': "muss eine ganze Zahl sein; hier steht '9600'.",
    f'{PROFILE}[slots.presence]\ndriver = "hlk-ld2401"\nbinding = "x"\n': "Meinten Sie „hlk-ld2410“?",
    f'{PROFILE}[slots.scanner]\ndriver = "camera"\nbinding = "x"\n': "kann das nicht. Hierher passt: escl, adapter.",
    f'{PROFILE}[slots.lamp]\ndriver = "modbus-io"\nbinding = ""\n': "Der Schlüssel „slots.lamp.binding“ fehlt.",
    f'{PROFILE}[slots.door]\nbinding = "/dev/a"\nunit = 1\n[slots.lamp]\nbinding = "/dev/a"\nunit = 2\n': (
        ":9: slots.lamp.unit = 2: slots.door an derselben Leitung (/dev/a) hat 1. Beide gleich setzen"
    ),
    f'{ADAPTER}binding = "emulator"\n': ":6: slots.presence.binding: Ein Adapter spricht für ein Gerät, das nicht",
    f'{ADAPTER}binding = "adapter:node \'sensor.js"\n': ":6: slots.presence.binding: Im Befehl „node 'sensor.js“ gehen",
    f"{ADAPTER}binding = \"adapter:'' x\"\n": ":6: slots.presence.binding: Hinter „adapter:“ fehlt das Programm.",
    f'{ADAPTER}binding = "adapter:tcp://192.0.2.7:4100"\n': "192.0.2.7 ist ein anderer Rechner: Dorthin nur mit einem",
    f'{ADAPTER}binding = "adapter:tcp://px2.example:4100"\n': "px2.example ist ein anderer Rechner: Dorthin nur mit",
    f'{ADAPTER}binding = "adapter:node x"\nkey_file = "k"\n': ":7: slots.presence.key_file: Ein Schlüssel gehört",
    f'{ADAPTER}binding = "adapter:tcp://192.0.2.7:4100"\nkey_file = "fehlt"\n': (
        "/fehlt lässt sich nicht lesen (das gibt es nicht)."
    ),
}
LANDKREIS = {
    ('time_zone = "Europe/Berlin"', 'time_zone = "Europa"'): "landkreis.time_zone",
    ('land = "BB"', 'land = "Brandenburg"'): "sites.templin.land: Das Land „Brandenburg“ gibt es nicht.",
    ('trigger = "tuer"', 'trigger = "tür"'): "„sites.templin.trigger“ muss 'tuer' oder 'platz' sein; hier steht 'tür'.",
    ("08:30-16:00", "8.30-16"): "„8.30-16“ ist kein Zeitraum.",
    ("08:30-16:00", "16:00-08:30"): "16:00-08:30 endet, bevor es beginnt.",
    ('["08:30-16:00"]', '["08:30-16:00", "12:00-14:00"]'): "12:00-14:00 überschneidet sich mit 08:30-16:00.",
    ("front_desk = true", "front_desk = false"): "Genau eine Stelle ist der Empfang",
    ('office = "sozialamt"', 'office = "sozialamd"'): "Die Stelle „sozialamd“ gibt es nicht. Meinten Sie „sozialamt“?",
    (
        'forms = ["elterngeld"]',
        'forms = ["elterngelt"]',
    ): "Das Formular „elterngelt“ gibt es nicht. Meinten Sie „elterngeld“?",
    ("{ wohneigentum = 3 }", "{ wohneigentum = 3, wohneigentum = 1 }"): "„wohneigentum“ steht in dieser Zeile zweimal.",
    ("{ mo = [", '{ mo = ["08:00-08:10"], mo = ['): ":33: sites.templin.hours: „mo“ steht in dieser Zeile zweimal.",
    ('host = "Sparkasse"', 'host = "x"\nhost = "y"'): ":31: sites.templin.host: „host“ steht schon in Zeile 30.",
    (
        "skills = { wohneigentum = 3 }",
        "skills = {}\nskills.x = 3",
    ): "„skills.x = 3“. Das steht weiter oben schon",
    ("= 2023-03-01", "= 1.3.2023"): ":31: Das ist kein gültiges TOML: „opened_on = 1.3.2023“. Ein Datum so schreiben",
    ("= 2023-03-01", '= "2023-03-01"'): "muss ein Datum sein (2026-11-23); hier steht '2023-03-01'.",
    ("= 2023-03-01", "= 2023-02-29"): ":31: sites.templin.opened_on: Den Tag 2023-02-29 gibt es nicht.",
    ('land = "BB"', 'land = "bb"'): ":9: landkreis.land: Das Land „bb“ gibt es nicht. Meinten Sie „BB“?",
    ('office = "lisa-team"', 'office = ["lisa-team", "sozialamt"]'): "Ein Arbeitsplatz gehört zu genau einer Stelle.",
    ('office = "lisa-team"', 'office = "sozialamt"'): "offices.lisa-team: Am Empfang arbeitet niemand",
    (
        "external = true",
        'overflow_to = "sozialamt"',
    ): "offices.aok-nordost.overflow_to: „sozialamt“ hat einen anderen Mandanten.",
    ('tenant = "aok-nordost"', 'tenant = ""'): "offices.aok-nordost.tenant: Hier steht nichts zwischen den",
    (
        'name = "AOK Nordost"',
        'name = "LISA-Team"',
    ): "„LISA-Team“ heißt schon die Stelle lisa-team.",
    ("level = 2", "level = 4"): "„wohneigentum“ ab Stufe 4 hat in dieser Stelle niemand. Die höchste ist Stufe 3.",
    (
        'forms = ["grundsicherung"]',
        'skill = "polnisch"',
    ): "„polnisch“ ab Stufe 1 hat in dieser Stelle niemand. Unter [agents] bei",
    ("{ mo =", "{ montag ="): "Den Schlüssel „sites.templin.hours.montag“ gibt es nicht. Bekannt: di, do, fr, mi,",
    ("schema = 1", "schema = 2"): ":3: Der Schlüssel „schema“ muss 1 sein; hier steht 2.",
    ("[sites.templin]", "[sites.templin stadt]"): "Zwischen den Klammern stehen nur a bis z, Ziffern, „-“, „_“",
    ("[sites.templin]", "[[sites.templin]]"): ":27: Der Schlüssel „sites.templin“ muss eine Tabelle sein",
}
UCKERMARK = (data_dir("fixtures") / "landkreise" / "uckermark.toml").read_text(encoding="utf-8")
FILES = {
    b"": "In der Datei steht nichts.",
    b"# noch nichts\n": "In der Datei steht nichts.",
    UCKERMARK.encode("latin-1"): "Die Datei ist nicht als UTF-8 gespeichert. Neu speichern als UTF-8.",
    UCKERMARK[: UCKERMARK.index("Gerswalde")].encode(): 'Das ist kein gültiges TOML: „name = "Bürgerbüro“.',
}
"""What stands in the whole file."""


@pytest.mark.parametrize("text", FAULTS)
def test_profile_says_what_is_wrong(text: str, tmp_path: Path) -> None:
    path = tmp_path / "probe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(path))
    assert FAULTS[text] in str(caught.value)
    assert all(line.startswith(("Das Profil", str(path))) for line in str(caught.value).splitlines())


@pytest.mark.parametrize("change", LANDKREIS)
def test_landkreis_says_what_is_wrong(change: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    assert change[0] in UCKERMARK
    path.write_text(UCKERMARK.replace(*change), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_directory(str(path))
    assert LANDKREIS[change] in str(caught.value)
    assert all(line.startswith(str(path)) for line in str(caught.value).splitlines())


@pytest.mark.parametrize("content", FILES, ids=["leer", "nur ein Kommentar", "Latin-1", "abgeschnitten"])
def test_a_file_that_is_no_landkreis_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    path.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        load_directory(str(path))
    assert FILES[content] in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_folder_or_another_ending_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    folder, other = tmp_path / "kreis.toml", tmp_path / "kreis.txt"
    folder.mkdir()
    other.touch()
    for path, said in ((tmp_path, "Das ist ein Ordner."), (folder, "Das ist ein Ordner."), (other, "endet nicht auf")):
        with pytest.raises(ProfileError, match=said):
            load_directory(str(path))


@pytest.mark.parametrize("name", ["\0.toml", "a\0b", "x" * 5_000, "x" * 5_000 + ".toml"])
def test_a_name_that_no_file_can_have_is_told(name: str) -> None:
    for load in (load_directory, load_profile):
        with pytest.raises(ProfileError):
            load(name)


def test_a_mark_before_the_text_and_the_line_ends_of_other_systems_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    path.write_bytes(UCKERMARK.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_directory(str(path))[0] == load_directory("uckermark")[0]


def test_nothing_double_is_seen_in_a_text_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    path.write_text(UCKERMARK.replace('"Sparkasse"', '"""\nname = 1\nname = 2"""'), encoding="utf-8")
    assert load_directory(str(path))[0].sites[SiteId("templin")].host == "name = 1\nname = 2"


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "probe.toml"
    path.write_text(f'{PROFILE}[slots.presence]\nbindng = "x"\n[slots.door]\nchanel = 3\n', encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(path))
    assert len(str(caught.value).splitlines()) == 2


def test_shipped_profiles_are_sound_and_every_slot_has_a_driver() -> None:
    for path in data_dir("hardware_profiles").rglob("*.toml"):
        for bound in load_profile(str(path)).slots.values():
            assert not [*driver_faults(bound.slot, bound.driver, bound.binding, bound.options)]
    served = {one.protocol for name in OWN for one in driver(name).serves}
    assert served == set(PROTOCOLS.values())
    assert [*load_profile("emulated").slots] == [*SLOTS], "hardware_profiles/emulated.toml, in the catalogue's order"


def without_what_is_optional(tmp_path: Path) -> Path:
    """A profile as it was before there were induction loops and loudspeakers, and that extends no other."""
    text = (data_dir("hardware_profiles") / "emulated.toml").read_text(encoding="utf-8")
    begin = text.index("[slots.induction_loop]")
    path = tmp_path / "ohne.toml"
    path.write_text(text[:begin] + text[text.index("# A test booth") :], encoding="utf-8")
    return path


def test_a_booth_can_do_without_what_is_optional(tmp_path: Path) -> None:
    profile = load_profile(str(without_what_is_optional(tmp_path)))
    assert [*profile.slots] == [*NEEDED]

    async def run() -> None:
        async with open_booth(profile.emulated) as opened:
            assert opened.slots is not None
            assert opened.slots.induction_loop is opened.slots.loudspeaker is None

    asyncio.run(run())


def test_whether_something_is_so_that_is_not_there_is_not_checked(tmp_path: Path) -> None:
    feature = str(data_dir("features") / "kabine" / "hoeren.feature")
    arguments = (
        feature,
        "--profile",
        str(without_what_is_optional(tmp_path)),
        "--clock",
        "virtual",
        "--pictures=none",
        "--out",
        str(tmp_path),
    )
    done = subprocess.run([LISA, "run", *arguments], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (done.returncode, "4 nicht geprüft" in done.stdout) == (2, True), done.stdout + done.stderr
    for title in ("Die Induktionsschleife", "Der Lautsprecher"):
        assert f"Dieses Bürgerbüro hat nicht, wonach gefragt ist: {title}." in done.stdout


def test_a_fault_is_told_with_the_file_and_line_in_which_it_stands(tmp_path: Path) -> None:
    parent, child = tmp_path / "oben.toml", tmp_path / "unten.toml"
    parent.write_text(f'{PROFILE}[slots.scanner]\nbinding = "http://x/eSCL"\ntirs = 3\n', encoding="utf-8")
    child.write_text('[profile]\nid = "u"\nextends = "oben"\n\n[slots.door]\nunit = 300\n', encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(child))
    door, scanner = str(caught.value).splitlines()
    assert door.startswith(f"{child}:6: Der Schlüssel „slots.door.unit“")
    assert scanner.startswith(f"{parent}:6: Den Schlüssel „slots.scanner.tirs“ gibt es nicht. Meinten Sie „tries“?")


def test_a_former_spelling_is_understood_and_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "alt.toml"
    path.write_text(f'{PROFILE}[slots.printer]\nbinding = "tcp://192.0.2.11:9100"\n', encoding="utf-8")
    for _ in range(2):
        assert load_profile(str(path)).slots["printer"].binding == "tcp://192.0.2.11:9100"
    now = "„tcp://192.0.2.11:9100“ schreibt sich jetzt „socket://192.0.2.11:9100“; bis Version 0.2.0 gilt beides."
    assert capsys.readouterr().err == f"{path}:5: {now} Umschreiben: lisa migrate ORDNER\n"


def test_what_one_slot_says_of_a_shared_line_holds_for_all(tmp_path: Path) -> None:
    """In whichever of them it stands; slots on lines of their own may differ."""
    path = tmp_path / "probe.toml"
    lamp = '[slots.lamp]\nbinding = "/dev/a"\nbaudrate = 19200\n'
    path.write_text(f'{PROFILE}[slots.door]\nbinding = "/dev/a"\n{lamp}', encoding="utf-8")
    slots = load_profile(str(path)).slots
    assert line_options([slots["door"], slots["lamp"]])["baudrate"] == 19200
    path.write_text(f'{PROFILE}[slots.door]\nbinding = "/dev/b"\nbaudrate = 9600\n{lamp}', encoding="utf-8")
    assert load_profile(str(path)).slots["door"].options["baudrate"] == 9600
