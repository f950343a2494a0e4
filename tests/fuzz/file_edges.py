"""Files that people write: features, profiles, the file of a Landkreis, forms, requirements; and what they type."""

from __future__ import annotations

import atexit
import contextlib
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from random import Random

from pytest_bdd.parsers import StepParser

from emulator.alone import _act
from lisa_core.cli import arguments
from lisa_core.cli.start.booth import door
from lisa_core.config.classes import class_in
from lisa_core.config.directory import load_directory
from lisa_core.config.form_files import load_forms
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.match import advice
from lisa_core.harness.match.catalogue import import_steps, registered
from lisa_core.harness.match.known import known_in
from lisa_core.harness.match.values import words_of, wrong_words
from lisa_core.harness.report import requirement, requirements
from lisa_core.harness.settings import DEFAULT_PROFILE
from lisa_core.harness.simulation.play import order as simulation
from lisa_core.harness.start.places import find
from lisa_core.harness.start.run import Order, check_order
from lisa_core.harness.text.document import read
from lisa_core.harness.text.lint import lint
from lisa_core.harness.text.naming import named
from lisa_core.harness.text.tags import check_tags
from lisa_core.harness.text.written import step_nodes, written_steps
from lisa_core.host import address
from lisa_core.host.data import data_dir
from tests.fuzz.edge import Edge
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, lines

_GHERKIN = (
    "# language: de",
    "# language: en",
    "Funktionalität: x",
    "Regel: x",
    "Hintergrund:",
    "  Szenario: x",
    "  Szenariogrundriss: <a> und <b>",
    "    Beispiele:",
    "      | a | b |",
    "      | a \\| b | \\\\n \\n |",
    "      |",
    "      ||||||||||",
    "    Angenommen niemand ist da",
    "    Wenn <a> <b> <<c>> <",
    "    Dann x",
    "    Und x",
    "    * x",
    "    Wen die Tür aufgeht",
    '      """',
    "      ```json",
    "  @anf:S0.1 @stufe:ci @braucht:scanner.einzug @frei:x",
    "  @",
    "  @a b",
    "<<<<<<< HEAD",
    "\n" * 200,
    " " * 5_000,
    "\u2028",
    "\x85",
    "\ufeff",
    "|" * 3_000,
    "Dann " * 3_000,
    "@a " * 2_000,
)
_TOML = (
    "a = " + "[" * 3_000,
    "a = " + "{a=" * 3_000,
    "[" + "a." * 200 + "b]",
    "a" + ".a" * 200 + " = 1",
    "a = " + "9" * 5_000,
    "a = 0x" + "f" * 5_000,
    "a = nan",
    "a = -inf",
    "a = 1e999",
    "a = 9999-12-31",
    "a = 0000-00-00",
    "a = 1979-05-27T00:32:00.999999-23:59",
    "a = 25:00:00",
    'a = "\\ud800"',
    'a = "\\u0000"',
    "a = true",
    "a = []",
    "a = {}",
    "a = [[], {}]",
    "[a]",
    "[[a]]",
    "[slots]",
    "slots = 1",
    "[slots.door]",
    "[sites.x]",
    "[sites.x.hours]",
    'mo = ["08:00-12:00", "11:00-10:00"]',
    "booths = 99999999999999999999",
    'extends = "../../../x"',
    'extends = "\\u0000"',
    "-",
    '"""',
)


@cache
def folder() -> Path:
    found = tempfile.TemporaryDirectory(prefix="lisa-fuzz-")
    atexit.register(found.cleanup)
    return Path(found.name)


def _as_file(name: str, data: bytes) -> Path:
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _shipped(folder: str, pattern: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(data_dir(folder).rglob(pattern))]


def take_feature(data: bytes, chance: Random) -> None:
    """What is read keeps to its file: each scenario lies in its lines, each step has a place."""
    feature = read(_as_file("x.feature", data))
    findings = [*lint(feature), *check_tags(feature, {"S0.1": ("S0.1.a",)})]
    last = feature.text.count("\n") + 1
    assert all(0 <= finding.line <= last and str(finding) for finding in findings)
    assert all(1 <= one.first <= one.line <= one.last <= last for one in feature.scenarios)
    if not findings:
        nodes = {node["id"]: node for node in step_nodes(feature.syntax.tree["feature"])}
        for _, pickle in named(feature):
            assert list(written_steps(pickle, nodes))


def features() -> Sequence[bytes]:
    """Those that are shipped, and one without its line of language, far down."""
    shipped = _shipped("features", "*.feature")()
    return [*shipped, b"\n" * 60 + shipped[0].partition(b"\n")[2]]


@cache
def step_texts() -> Sequence[bytes]:
    """Every step of the shipped features."""
    folder = data_dir("features")
    found = [one for path in sorted(folder.rglob("*.feature")) for one in read(path).scenarios]
    return sorted({step.text.encode() for scenario in found for step in scenario.steps})


@cache
def library() -> Sequence[StepParser]:
    """Of every known step; the library is imported once, however many inputs come."""
    import_steps()
    return [context.parser for context in registered()]


def take_step_text(data: bytes, chance: Random) -> None:
    """Whether it is a known step, and what is wrong with its words; if not, what may have been meant."""
    text = text_of(data).replace("\n", " ")[:MOST_CHARS]
    known = known_in(DEFAULT_PROFILE)
    assert known is not None
    found = next((parser for parser in library() if parser.is_matching(text)), None)
    if found is not None:
        list(wrong_words(words_of(found, text), known))
    else:
        advice._unseen(text)
        advice._of_unit(text)
        list(advice.respelled(text))
        if chance.random() < 0.02:  # the dearest
            advice.nearest_sentences("when", text)


def take_profile(data: bytes, chance: Random) -> None:
    load_profile(str(_as_file("x.toml", data)))


def take_landkreis(data: bytes, chance: Random) -> None:
    directory, _ = load_directory(str(_as_file("landkreis.toml", data)))
    assert directory.sites


def take_form(data: bytes, chance: Random) -> None:
    load_forms(_as_file("forms/x.toml", data).parent)


def take_requirements(data: bytes, chance: Random) -> None:
    path = _as_file("anforderungen/x.toml", data)
    requirement._read.cache_clear()
    catalogue = requirements.load([path.parent])
    assert catalogue.known or catalogue.findings
    assert all(str(finding) for finding in catalogue.findings)


def take_class(data: bytes, chance: Random) -> None:
    """Read into a whole class, or refused by mistakes that lie in the file."""
    path = _as_file("praesenzsensor-2026.1.toml", data)
    last = text_of(data).count("\n") + 2
    one, faults = class_in(path)
    assert (one is None) == bool(faults)
    assert all(0 <= line <= last and text for line, text in faults)


def command_values() -> Sequence[bytes]:
    values = ("127.0.0.1:8410", "[::1]:0", "http://127.0.0.1:8410", "2026-11-23T10:00", "2026-11-23T10:00+01:00")
    more = ("lay_on_glass page=mietvertrag:1", 'feed pages=["a:1"]', "devices,networks", "anf:S0.10 and not stufe:ci")
    return [value.encode() for value in (*values, *more, "x.feature:12", "uckermark", "emulated", "9")]


def take_command_value(data: bytes, chance: Random) -> None:
    """One value that was typed, at every option that takes a text. A shell cannot pass NUL."""
    text = text_of(data).replace("\0", "").encode("utf-8", "replace").decode()
    for option in (arguments.address, door, _act, simulation.families_of, load_profile, load_directory):
        with_it(partial(option, text))
    grammars = (address.HTTP, address.RAW_PORT, address.SERIAL, address.WORLD, address.EXCHANGE, address.CAMERA)
    for grammar in grammars:
        with_it(partial(address.read_address, text, grammar))
    with_it(partial(arguments.civil, text, load_directory("uckermark")[1]))
    for order in (Order(tags=text, clock="virtual"), Order(paths=(text,)), Order(profile=text)):
        with_it(partial(check_order, order))
        with_it(partial(find, order.paths))


def with_it(option: Callable[[], object]) -> None:
    with contextlib.suppress(LisaError):
        option()


MOST_CHARS = 5_000
_FEATURES = lines(_GHERKIN)
_TOMLS = lines(_TOML)
EDGES = (
    Edge("step", step_texts, either(lines(("5 s", "10,5 Minuten", "Frau Vogt", "„")), damaged), take_step_text, 4_000),
    Edge("feature", features, either(_FEATURES, _FEATURES, damaged), take_feature, 20_000, byte_s=1e-4),
    Edge("profile", _shipped("hardware_profiles", "*.toml"), either(_TOMLS, damaged), take_profile, 20_000),
    Edge("landkreis", _shipped("fixtures/landkreise", "*.toml"), either(_TOMLS, damaged), take_landkreis, 6_000),
    Edge("form", _shipped("fixtures/forms", "*.toml"), either(_TOMLS, damaged), take_form, 15_000),
    Edge(
        "requirements", _shipped("features", "anforderungen/*.toml"), either(_TOMLS, damaged), take_requirements, 8_000
    ),
    Edge("class", _shipped("features", "klassen/*.toml"), either(_TOMLS, damaged), take_class, 4_000),
    Edge("command-value", command_values, either(lines(("::", "=", "-1")), damaged), take_command_value, 15_000, ()),
)
