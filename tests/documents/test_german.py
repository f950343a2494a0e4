"""People and offices in the right case: what stands largest on her screen, and in every sentence to an agent."""

from __future__ import annotations

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.domain.model import german
from lisa_core.domain.model.german import Fall


@pytest.mark.parametrize(
    ("preposition", "name", "said"),
    [
        ("mit", "Herr Seidel", "mit Herrn Seidel"),
        ("mit", "Frau Vogt", "mit Frau Vogt"),
        ("von", "Herrn Seidel", "von Herrn Seidel"),
        ("bei", "LISA-Team", "beim LISA-Team"),
        ("mit", "LISA-Team", "mit dem LISA-Team"),
        ("bei", "Wohngeldstelle Uckermark", "bei der Wohngeldstelle Uckermark"),
        ("von", "Pflegestützpunkt Uckermark", "vom Pflegestützpunkt Uckermark"),
        ("zu", "Elterngeldstelle Bautzen", "zur Elterngeldstelle Bautzen"),
        ("an", "Jugendamt Uckermark", "ans Jugendamt Uckermark"),
        ("an", "Bürgerservice", "an den Bürgerservice"),
        ("für", "Herr Seidel", "für Herrn Seidel"),
        ("bei", "AOK Nordost", "bei der AOK Nordost"),
        ("bei", "Musterland", "bei Musterland"),
        ("mit", "Herrmann", "mit Herrmann"),
    ],
)
def test_a_name_stands_in_the_case_of_its_preposition(preposition: str, name: str, said: str) -> None:
    assert german.after(preposition, name) == said


def test_each_case() -> None:
    assert [german.office("Sozialamt", fall) for fall in Fall] == [
        "das Sozialamt",
        "dem Sozialamt",
        "das Sozialamt",
    ]
    assert [german.person("Herr Seidel", fall) for fall in Fall] == ["Herr Seidel", "Herrn Seidel", "Herrn Seidel"]
    assert german.beginning("das LISA-Team ruft.") == "Das LISA-Team ruft."


@pytest.mark.parametrize("landkreis", ["uckermark", "bautzen"])
def test_every_office_of_a_landkreis_has_its_article(landkreis: str) -> None:
    directory, _ = load_directory(landkreis)
    assert [office.name for office in directory.offices.values() if german.gender_of(office.name) is None] == []
