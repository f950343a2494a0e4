"""Another device in the place of the one that is bound: at an address that its driver takes, and noticed by each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lisa_core.harness.steps.devices.sensor_acts import as_bound
from tests.packaging.environments import called
from tests.system.programs import FEATURES, LISA

OTHER = "Ein anderes Gerät"


@pytest.mark.parametrize(
    ("binding", "stranger", "there"),
    [
        ("http://10.0.0.7/eSCL", "socket://127.0.0.1:9100", "http://127.0.0.1:9100/eSCL"),
        ("ipp://drucker:631/ipp/print", "http://127.0.0.1:41/eSCL", "ipp://127.0.0.1:41/ipp/print"),
        ("socket://10.0.0.7:9100", "http://127.0.0.1:41/eSCL", "socket://127.0.0.1:41"),
        ("rfc2217://labor:4001?ign_set_control", "socket://127.0.0.1:41", "rfc2217://127.0.0.1:41"),
        ("rfc2217://labor:4001?ign_set_control", "/dev/pts/3", "/dev/pts/3"),
        ("/dev/ttyUSB0", "/dev/pts/3", "/dev/pts/3"),
    ],
)
def test_a_stranger_stands_where_the_driver_looks_for_its_device(binding: str, stranger: str, there: str) -> None:
    assert as_bound(binding, stranger) == there


@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="ein ganzer Lauf: nur mit LISA_LONG=1")
@pytest.mark.timeout(300)
def test_each_driver_notices_one_on_the_wire(tmp_path: Path) -> None:
    places = [
        f"{path}:{number}"
        for path in sorted((FEATURES / "geraete").glob("*.feature"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip().startswith(f"Szenario: {OTHER}")
    ]
    assert len(places) >= 4
    said = called(LISA, "run", *places, "--lasting", where=tmp_path)
    assert f"{len(places)} Szenarien: {len(places)} bestanden" in said
