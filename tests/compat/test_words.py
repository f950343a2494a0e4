"""Each word that people wrote is still understood: as it is, or by a row of the table of words."""

from __future__ import annotations

import dataclasses
import importlib
import json
import json.decoder
import json.encoder
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from lisa_core import moved
from lisa_core.cli.commands import lisa
from lisa_core.config import directory as landkreis
from lisa_core.config.directory_routing import LIMITS
from lisa_core.config.drivers import driver
from lisa_core.config.hardware.one_file import DEADLINES_MS, EXCHANGE_MS, _File, _Head
from lisa_core.domain.model.directory import Deadlines
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.harness.match.catalogue import import_steps, registered
from lisa_core.harness.report.requirement import _KEYS, _LIMIT_KEYS
from lisa_core.harness.text.former_words import current_step
from lisa_core.harness.text.tags import _unknown
from lisa_core.host import notices
from lisa_core.host.renames import RENAMES, Word, renames_of
from lisa_core.moved import MODULES, SINCE
from tests.compat.frozen import told
from tests.tidy.sources import ROOT

WORDS = told("words")


def test_every_sentence_is_a_step_or_has_a_row() -> None:
    import_steps()
    texts = [example.partition(" ")[2] for example in WORDS["examples"]]
    assert len(texts) > 100
    lost = [text for text in texts if not known(text) and not known(current_step(text))]
    assert not lost, "a row in lisa_core/host/renames.py says what they are called now"


def known(text: str) -> bool:
    return any(context.parser.is_matching(text) for context in registered())


def test_every_tag_is_known_or_has_a_row() -> None:
    old = {row.old for row in renames_of(Word.TAG)}
    tags = [tag.removesuffix(".etwas") for tag in WORDS["tags"]]  # stood for any ability; now a driver declares each
    assert not [tag for tag in tags if _unknown(tag) and tag.partition(".")[0] not in old]


def test_every_key_is_read_or_has_a_row() -> None:
    tables = {"landkreis": landkreis._Landkreis, "sites.*": landkreis._Site, "offices.*": landkreis._Office}
    tables |= {"services.*": landkreis._Service, "agents.*": landkreis._Agent}
    now = {f"{table}.{key}" for table, model in tables.items() for key in model.model_fields}
    now |= {field.alias or key for key, field in landkreis._File.model_fields.items()}
    now |= {f"routing.{key}" for key in LIMITS} | {row.old for row in renames_of(Word.LANDKREIS)}
    assert set(WORDS["landkreis"]) <= now

    pairs = [(driver(name), slot) for name, slots in WORDS["drivers"].items() for slot in slots]
    assert all(one.serving(PROTOCOLS[slot]) for one, slot in pairs)
    options = {f"slots.{slot}.{option.name}" for one, slot in pairs for option in one.options_for(PROTOCOLS[slot])}
    slots = {f"slots.{slot}.{key}" for _, slot in pairs for key in ("driver", "binding")}
    now = options | slots | {f"profile.{key}" for key in _Head.model_fields} | {"world.join"}
    now |= {field.alias or key for key, field in _File.model_fields.items()}
    now |= {f"deadlines.{key}" for key in DEADLINES_MS} | {row.old for row in renames_of(Word.PROFILE)}
    assert set(WORDS["profile"]) <= now
    assert set(WORDS["requirements"]["table"]) <= set(_KEYS)
    assert set(WORDS["requirements"]["grenze"]) <= set(_LIMIT_KEYS)


def test_every_option_is_taken_or_has_a_row() -> None:
    old = {row.old for row in renames_of(Word.OPTION)}
    now = {f"{name} {option}" for name, command in commands(lisa) for option in options_of(command)}
    for name, command in WORDS["commands"]["commands"].items():
        assert name in dict(commands(lisa)), name
        asked = {f"{name} {option}" for options in command["options"].values() for option in options}
        assert asked <= now | old


def commands(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield name, command


def options_of(command: click.Command) -> list[str]:
    return [
        text for one in command.params if isinstance(one, click.Option) for text in (*one.opts, *one.secondary_opts)
    ]


def test_every_module_can_still_be_imported() -> None:
    assert not [name for name in WORDS["modules"] if name not in MODULES and not has_file(name)]
    packages = {name.rpartition(".")[0] for name in MODULES}
    for old, new in MODULES.items():
        assert importlib.import_module(old) is importlib.import_module(new) or old in packages


def test_a_class_is_found_by_its_former_name_in_the_module_of_the_old_name() -> None:
    old = {new: old for old, new in MODULES.items()}
    for new, classes in moved.CLASSES.items():
        module = importlib.import_module(old[new])
        assert module.__name__ == new
        for former, name in classes.items():
            assert getattr(module, former) is getattr(module, name)


def test_an_old_name_does_not_hide_what_the_new_package_has_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`old.decoder` has another name in `new`, which has a `decoder` as well."""
    rows = {"lisa_core.alt": "json", "lisa_core.alt.decoder": "json.encoder"}
    monkeypatch.setattr(moved, "MODULES", rows)
    monkeypatch.setattr(notices, "_told", {})
    assert importlib.import_module("lisa_core.alt.decoder") is json.encoder
    assert json.decoder is importlib.import_module("json.decoder")
    assert importlib.import_module("lisa_core.alt").loads is json.loads
    for name in rows:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("lisa_core.alt")


def has_file(name: str) -> bool:
    """Whether there is such a module; nothing is imported for that."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def test_rows_are_sound_and_go_when_their_version_has_passed() -> None:
    project = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = tuple(map(int, project["version"].split(".")))
    for since in {SINCE, *(row.since for row in RENAMES)}:
        assert tuple(map(int, since.split("."))) >= version, "what this version no longer understands has to go"
    words = [(row.word, row.old) for row in RENAMES]
    assert len(set(words)) == len(words)
    assert not [row for row in RENAMES if (row.word, row.new) in words], "a new word is not an old one, too"
    assert set(EXCHANGE_MS) <= {field.name.replace("_us", "_ms") for field in dataclasses.fields(Deadlines)}


def test_classes_that_are_called_otherwise_are_found_under_the_old_module(monkeypatch: pytest.MonkeyPatch) -> None:
    for old, new in moved.MODULES.items():
        for was, now in moved.CLASSES.get(new, {}).items():
            monkeypatch.delitem(sys.modules, old, raising=False)
            assert getattr(importlib.import_module(old), was) is getattr(importlib.import_module(new), now)
    assert set(moved.CLASSES) <= set(moved.MODULES.values())
