"""Each table keyed by a type or by the words of an enum has a row for each of them, and no other.

mypy sees no forgotten row, and a running booth would meet it as a KeyError. `TABLES` names every such table: with the
union (or enum) of its keys, and with those that are dealt with elsewhere, or of which it has some only.
"""

from __future__ import annotations

import ast
import functools
import inspect
import operator
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from lisa_core.booth import executor as booth
from lisa_core.booth import meaning
from lisa_core.booth.case import casework as booth_casework
from lisa_core.booth.journal import names as booth_names
from lisa_core.booth.screen import scenes, texts, view
from lisa_core.desk import history
from lisa_core.domain.case import forms, rules
from lisa_core.domain.case import machine as case
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.case import FormStage, PaperState
from lisa_core.domain.model.directory import FieldKind
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.routing import decisions, router
from lisa_core.domain.routing import events as routing
from lisa_core.domain.routing.counters import Counter
from lisa_core.domain.routing.seats import Absence, Call, Desk
from lisa_core.domain.visit import events, machine, states
from lisa_core.equipment.codecs.adapter import messages as adapter
from lisa_core.equipment.codecs.stu import reports
from lisa_core.equipment.codecs.stu import table as stu
from lisa_core.equipment.slots import driver, start_check
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.equipment.slots.promises import methods
from lisa_core.equipment.traces import exercise
from lisa_core.equipment.traces.masks import pen
from lisa_core.exchange import wording
from lisa_core.exchange.journal import names as exchange_names
from lisa_core.harness.simulation.plan import people
from lisa_core.harness.simulation.world import booth as simulated_booth
from lisa_core.harness.simulation.world import casework as simulated_casework
from lisa_core.wire import message_names
from lisa_core.wire import messages as m
from sojus.domain.model.actors import Role
from sojus.domain.model.units import RateUnit, Unit
from sojus.domain.placement import events as placement
from sojus.domain.placement import machine as placements
from sojus.domain.register import checks, entries, intake
from sojus.domain.rights import table as rights
from sojus.domain.search import fitting, phrases, reasons
from sojus.domain.search.wish import Aspect
from sojus.service import acting
from sojus.store import names as sojus_names
from tests.tidy.sources import PRODUCT, python_files, tree

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Table:
    """`of`: what its keys are; `but`: those it need not have. `partial`: it has those that mean something to it."""

    rows: Mapping[Any, Any]
    of: Any
    but: tuple[Any, ...] = ()
    partial: bool = False


GIVEN = functools.reduce(
    operator.or_,
    {method.gives: 0 for protocol in PROTOCOLS.values() for method in methods.methods_of(protocol).values()},
)
"""What slots answer and report."""
NO_TABLE = (states.Connecting, states.Entered, states.Delivering, states.Idle)
TABLES = {
    "domain.routing.router.HANDLERS": Table(router.HANDLERS, routing.RoutingEvent),
    "domain.routing.router.DUE": Table(router.DUE, Desk | Call | Counter | Absence),
    "domain.routing.events.EVENTS": Table(dict.fromkeys(routing.EVENTS.values(), 0), routing.RoutingEvent),
    "exchange.wording.WORDS": Table(wording.WORDS, decisions.Decision),
    "exchange.journal.names._ENTRIES": Table(exchange_names._ENTRIES, routing.RoutingEvent),
    "wire.message_names.NAMES": Table(message_names.NAMES, m.Message),
    "wire.message_names.MESSAGES": Table(dict.fromkeys(message_names.MESSAGES.values(), 0), m.Message),
    "equipment.codecs.stu.table.BY_KIND": Table(stu.BY_KIND, reports.Report),
    "booth.journal.names.NAMES": Table(booth_names.NAMES, events.VisitEvent),
    "booth.journal.names.PAPERS_NAMES": Table(booth_names.PAPERS_NAMES, events.VisitEvent, partial=True),
    "booth.executor._COMMANDS": Table(booth._COMMANDS, events.Command),
    "booth.meaning.CALL_EVENTS": Table(meaning.CALL_EVENTS, m.Message, partial=True),
    "booth.case.casework._EFFECTS": Table(
        booth_casework._EFFECTS, ops.CaseEffect, (ops.StopSignature, ops.DestroyPages)
    ),
    "harness.simulation.world.booth._COMMANDS": Table(simulated_booth._COMMANDS, events.Command),
    "harness.simulation.world.casework._EFFECTS": Table(
        simulated_casework._EFFECTS, ops.CaseEffect, (ops.StopSignature,)
    ),
    "booth.screen.scenes._SCENES": Table(scenes._SCENES, states.State, NO_TABLE),
    "domain.visit.machine._STATES": Table(machine._STATES, states.State),
    "domain.visit.machine._MARKS": Table(machine._MARKS, events.VisitEvent, partial=True),
    "domain.case.machine.RULES": Table(case.RULES, ops.CaseEvent),
    "sojus.domain.placement.machine.HANDLERS": Table(placements.HANDLERS, placement.PlacementEvent),
    "sojus.domain.rights.table.ACTS": Table(rights.ACTS, placement.PlacementEvent),
    "sojus.domain.rights.table.RIGHTS": Table(rights.RIGHTS, Role),
    "sojus.service.acting.DONE": Table(acting.DONE, placement.PlacementEvent, partial=True),
    "sojus.store.names.NAMES": Table(sojus_names.NAMES, placement.PlacementEvent | entries.Entry),
    "sojus.domain.register.checks.CHECKS": Table(checks.CHECKS, entries.Entry),
    "sojus.domain.register.intake.ENTERING": Table(
        intake.ENTERING, entries.Entry, (entries.Confirmation, entries.Facility)
    ),
    "sojus.domain.search.fitting._ASKED": Table(fitting._ASKED, Aspect),
    "sojus.domain.search.reasons.WISHES": Table(reasons.WISHES, Aspect),
    "sojus.domain.search.reasons.REASONS": Table(reasons.REASONS, Aspect),
    "sojus.domain.search.phrases.PER": Table(phrases.PER, RateUnit),
    "sojus.domain.search.phrases.COUNTED": Table(phrases.COUNTED, Unit),
    "domain.case.forms.CHECKS": Table(forms.CHECKS, FieldKind),
    "domain.case.rules.STAGE_KEYS": Table(rules.STAGE_KEYS, FormStage),
    "booth.texts.PAPER_STATES": Table(texts.PAPER_STATES, PaperState),
    "booth.screen.view.SOUNDS": Table(view.SOUNDS, ScreenScene, partial=True),
    "desk.history._STATES": Table(history._STATES, DeskMode),
    "harness.simulation.plan.people._AT_DESK": Table(people._AT_DESK, DeskMode, (DeskMode.OFF,)),
    "harness.simulation.plan.people.EXAMPLES": Table(people.EXAMPLES, FieldKind, (FieldKind.CHOICE,)),
    "equipment.slots.driver._KINDS": Table(driver._KINDS, int | float | bool | str),
    "equipment.codecs.adapter.messages._NAMES": Table(adapter._NAMES, adapter.FromSlot | adapter.FromAdapter),
    "equipment.slots.promises.methods.SILENCE_S": Table(methods.SILENCE_S, GIVEN, partial=True),
    "equipment.slots.promises.methods.NEWEST": Table(methods.NEWEST, GIVEN, partial=True),
    "equipment.slots.start_check._CHECKS": Table(
        start_check._CHECKS, functools.reduce(operator.or_, PROTOCOLS.values()), partial=True
    ),
    "equipment.traces.exercise._EXERCISES": Table(
        exercise._EXERCISES, functools.reduce(operator.or_, PROTOCOLS.values()), partial=True
    ),
    "equipment.traces.masks.pen._BLANKED": Table(pen._BLANKED, reports.Report, partial=True),
}


def has_handlers(table: Table) -> bool:
    """Whether it leads from types to functions of them."""
    return all(isinstance(kind, type) for kind in table.rows) and any(map(inspect.isfunction, table.rows.values()))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_row_for_each_of_its_kinds(name: str) -> None:
    table = TABLES[name]
    kinds = kinds_of(table.of)
    assert table.rows.keys() <= kinds, "a row that nothing leads to"
    if not table.partial:
        assert kinds - table.rows.keys() == set(table.but), "forgotten, or there after all"


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if has_handlers(table)])
def test_a_row_leads_to_a_function_that_takes_its_kind(name: str) -> None:
    for kind, handle in TABLES[name].rows.items():
        taken = [kinds_of(hint) for hint in typing.get_type_hints(handle).values() if hint is not type(None)]
        assert handle.__name__ == "<lambda>" or any(kind in kinds for kinds in taken), f"{kind}: {handle}"


def test_every_table_keyed_by_type_is_held() -> None:
    written = {name for path in python_files() for name in keyed_by_type(path)}
    assert written <= TABLES.keys(), f"not in TABLES: {written - TABLES.keys()}"


def keyed_by_type(path: Path) -> Iterator[str]:
    """The names of the tables of a module that are written as `Mapping[type, ...]`."""
    if path.relative_to(ROOT).parts[0] not in PRODUCT:
        return
    for node in tree(path).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).startswith(("Mapping[type", "dict[type")):
            module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            yield f"{module.removeprefix('lisa_core.')}.{ast.unparse(node.target)}"


def kinds_of(of: Any) -> set[Any]:
    """The members of a union, or of an enum; a single type alone."""
    if isinstance(of, type) and issubclass(of, Enum):
        return set(of)
    return set(typing.get_args(of)) or {of}
