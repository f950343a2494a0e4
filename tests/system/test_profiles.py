"""Hardware profiles and the configuration of a Landkreis: each fault is told with file, key and the nearest word."""

from __future__ import annotations

from pathlib import Path

import pytest

from lisa_core.model.errors import ProfileError
from lisa_core.profiles.directory import load_directory
from lisa_core.profiles.drivers import SERVES
from lisa_core.profiles.profile import SLOTS, load_profile
from lisa_core.transports.data import data_dir
from tests.system.programs import PROFILE

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
    f'{PROFILE}[slots.presense]\nbinding = "x"\n': "Den Steckplatz „presense“ gibt es nicht. Meinten Sie „presence“?",
    f'{PROFILE}[slots.presence]\nbindng = "x"\n': "„slots.presence.bindng“ gibt es nicht. Meinten Sie „binding“?",
    f'{PROFILE}[slots.presence]\nbaudrate = "9600"\n': "muss eine ganze Zahl sein; hier steht '9600'.",
    f'{PROFILE}[slots.presence]\ndriver = "hlk-ld2401"\nbinding = "x"\n': "Meinten Sie „hlk-ld2410“?",
    f'{PROFILE}[slots.scanner]\ndriver = "camera"\nbinding = "x"\n': "„camera“ kann das nicht. Hierher passt: escl.",
    f'{PROFILE}[slots.lamp]\ndriver = "modbus-io"\nbinding = ""\n': "Der Schlüssel „slots.lamp.binding“ fehlt.",
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
}


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
    text = (data_dir("fixtures") / "landkreise" / "uckermark.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_directory(str(path))
    assert LANDKREIS[change] in str(caught.value)
    assert all(line.startswith(str(path)) for line in str(caught.value).splitlines())


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "probe.toml"
    path.write_text(f'{PROFILE}[slots.presence]\nbindng = "x"\n[slots.door]\nchanel = 3\n', encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(path))
    assert len(str(caught.value).splitlines()) == 2


def test_shipped_profiles_are_sound_and_every_slot_has_a_driver() -> None:
    for path in data_dir("hardware_profiles").rglob("*.toml"):
        load_profile(str(path))
    assert set(SLOTS) <= {slot for slots in SERVES.values() for slot in slots}
