"""The page of strangers' clients is what the tests name, and each row of it has its test."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from emulator.booth import DEVICES
from tests.peers.clients import DIRECTIONS, PAGE, declared, page
from tests.tidy.sources import functions, place

HERE = ("call", "serial")
"""What is met and is no device that `lisa emulate` knows."""


def test_the_page_is_what_the_tests_name() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.peers"


def test_each_row_has_its_test_and_says_what_it_means() -> None:
    rows = [(path, one) for path, clients in declared().items() for one in clients]
    assert not [
        f"{place(path)}: {one.client}, {one.test}"
        for path, one in rows
        if one.test not in {test.name for test in functions(path)} or not one.test.startswith("test_")
    ]
    known = {*DEVICES, *HERE}
    assert not [one for _, one in rows if one.device not in known or one.direction not in DIRECTIONS]
    assert not [one for _, one in rows if not (one.version and one.shows)]
    assert len({(one.device, one.client, one.direction, one.shows) for _, one in rows}) == len(rows), "twice the same"


def test_versions_are_those_that_are_installed_here() -> None:
    """Of what this environment holds; a wheel that only the peers fetch has its pin."""
    rows = {(one.client.split(" (")[0], one.version) for clients in declared().values() for one in clients}
    assert not [(name, said, held) for name, said in sorted(rows) if (held := _held(name)) and held != said]


def _held(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
