"""A new site, a new office of a tenant of its own and a new service: tables in a file, and a visit goes all the way."""

from __future__ import annotations

from pathlib import Path

from lisa_core.host.data import data_dir
from tests.system.programs import refused

ADDED = """
[sites.schwedt]
name = "Bürgerbüro Schwedt"
land = "BB"
opened_on = 2026-01-05
hours = { mo = ["08:30-16:00"] }

[offices.jobcenter]
name = "Jobcenter Schwedt"
tenant = "jobcenter"

[services.buergergeld]
name = "Bürgergeld"
office = "jobcenter"
forms = ["grundsicherung"]

[agents.zander]
name = "Frau Zander"
office = "jobcenter"
"""
PROFILE = '[profile]\nid = "schwedt"\nextends = "emulated"\nlandkreis = "kreis.toml"\nsite = "schwedt"\n'
FEATURE = """# language: de
Funktionalität: Neu allein durch Konfiguration

  Szenario: Das neue Bürgerbüro verbindet mit der neuen Stelle
    Angenommen das Bürgerbüro Schwedt ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Zander vom Jobcenter Schwedt ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Bürgergeld“ vermerkt
    Dann nennt der Bildschirm den „Antrag auf Grundsicherung“
    Wenn Frau Brandt an das Jobcenter weiterleitet
    Dann kennt Frau Zander schon das Anliegen „Bürgergeld“ und den „Antrag auf Grundsicherung“
    Wenn Frau Zander das Gespräch annimmt
    Dann erscheint Frau Zander vom Jobcenter auf dem Bildschirm
    Wenn Frau Zander das Gespräch beendet
    Und die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
    Und ist das Bürgerbüro wieder frei
"""


def test_a_new_site_office_and_service_are_configuration_only(tmp_path: Path) -> None:
    """The Landkreis lies beside the profile that names it, wherever `lisa` is started."""
    there = tmp_path / "schwedt"
    there.mkdir()
    known = (data_dir("fixtures") / "landkreise" / "uckermark.toml").read_text(encoding="utf-8")
    files = {"kreis.toml": known + ADDED, "profil.toml": PROFILE, "neu.feature": FEATURE}
    for name, text in files.items():
        (there / name).write_text(text, encoding="utf-8")
    arguments = ("run", "schwedt/neu.feature", "--profile", "schwedt/profil.toml", "--clock", "virtual")
    code, said, complaint = refused(tmp_path, *arguments)
    assert code == 0, said + complaint
    assert "1 Szenario: 1 bestanden" in said
