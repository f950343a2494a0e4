"""The table [media] of a Landkreis and the file of its secret: what is wrong is said, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.media.media_ways import MediaPlan
from lisa_core.exchange.ways import Ways, read_secret
from tests.tidy.test_documents import fenced
from tests.tidy.test_landkreis_document import REFERENCE

WRONG: dict[str, str] = {
    'turn = ["relais.example:3478"]\nsecret_file = "x"': "„relais.example:3478“ ist keine solche Adresse",
    'turn = ["turn:[2001:db8::1]:3478"]\nsecret_file = "x"': "ist keine solche Adresse",
    'turn = ["turns:relais.example?transport=udp"]\nsecret_file = "x"': "ist keine solche Adresse",
    'turn = ["turn:relais.example:70000"]\nsecret_file = "x"': "ist keine solche Adresse",
    'stun = ["stuns:relais.example"]': "Erwartet wird stun:",
    'stun = ["stun:a.example", "stun:b.example"]': "Hier stehen 2 Adressen; mehr als 1 werden nicht gefragt",
    'turn = ["turn:relais.example"]': "secret_file nennt dessen Datei",
    'turn = ["turn:relais.example"]\nsecret = "geheim"': "in einer eigenen Datei",
    "relay_only = true": "solange unter turn keines steht",
    "valid_min = 5": "möglich sind 10 bis 1440 Minuten",
    'relay_only = "ja"': "muss true oder false sein",
}
SECRETS: dict[str, tuple[str, int, str]] = {
    "short": ("kurz", 0o600, "16 bis 1024 Zeichen"),
    "two words": ("ein geheimnis aus mehreren", 0o600, "ein Wort"),
    "read by all": ("a-secret-of-some-length", 0o644, "Rechte 0644"),
    "read by the group": ("a-secret-of-some-length", 0o640, "chmod 600"),
}


def _file(folder: Path, media: str) -> Path:
    (example,) = fenced(REFERENCE, "toml")
    path = folder / "kreis.toml"
    path.write_text(f"{example}\n[media]\n{media}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("media", WRONG)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, media: str) -> None:
    path = _file(tmp_path, media)
    with pytest.raises(ProfileError) as told:
        load_directory(str(path))
    first = path.read_text(encoding="utf-8").splitlines().index("[media]") + 1
    lines = [line for line in str(told.value).splitlines() if WRONG[media] in line]
    assert lines, str(told.value)
    number = int(lines[0].removeprefix(f"{path}:").partition(":")[0])
    assert number >= first


def test_a_plan_is_read_and_its_secret_lies_beside_the_file(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        'stun = ["stun:10.0.0.1"]\nturn = ["turn:relais.example:3478", "turns:relais.example:443?transport=tcp"]\n'
        'secret_file = "relais.geheim"\nrelay_only = true\nvalid_min = 60',
    )
    directory, _ = load_directory(str(path))
    turn = ("turn:relais.example:3478", "turns:relais.example:443?transport=tcp")
    secret = tmp_path / "relais.geheim"
    assert directory.media == MediaPlan(("stun:10.0.0.1",), turn, str(secret), relay_only=True, valid_us=3_600_000_000)
    with pytest.raises(ProfileError, match="lässt sich nicht lesen"):
        Ways(directory.media)
    secret.write_text("a-secret-of-some-length\n", encoding="utf-8")
    secret.chmod(0o600)
    given = Ways(directory.media, lambda: 1_000_000).fresh()
    (relay,) = given.relays
    assert relay.urls == turn
    assert relay.username.startswith("1003600:")
    assert given.relay_only
    assert relay.credential not in repr(given), "what is written for developers by mistake says nothing"


@pytest.mark.parametrize("case", SECRETS)
def test_a_secret_that_others_can_read_or_guess_is_refused(tmp_path: Path, case: str) -> None:
    text, mode, why = SECRETS[case]
    path = tmp_path / "relais.geheim"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(ProfileError, match=why):
        read_secret(path)
