"""What documents and profiles say of slots and drivers is what is declared; and no declaration is half done."""

from __future__ import annotations

import re
from dataclasses import fields

from emulator.booth import DEVICES
from lisa_core.booth.screen.texts import notice
from lisa_core.config.drivers import OWN, driver
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAILING, MISHAPS, NOTICED_BY, SLOTS
from lisa_core.equipment.slots.devices import Slots
from lisa_core.harness.simulation.plan.plan import KINDS
from lisa_core.harness.simulation.world.mishaps import _AT_BOOTH
from lisa_core.harness.start.vendor.page import examples
from lisa_core.harness.tester.actor import ACTS
from lisa_core.harness.text.words import device
from lisa_core.host.address import read_address
from tests.tidy.device_tables import DRIVERS, FAULTS_PAGE, INDEX, PAGE, pages
from tests.tidy.sources import ROOT


def test_the_tables_of_the_devices_are_those_of_the_declarations() -> None:
    for written, text in pages():
        assert written.read_text(encoding="utf-8") == text, f"{written.name}: run python -m tests.tidy.device_tables"
    texts = [file.read_text(encoding="utf-8") for file in (PAGE, FAULTS_PAGE, INDEX)]
    assert [text.count("<!-- from the declarations: ") for text in texts] == [1, 2, 1]
    assert {file.name for file in DRIVERS.glob("*.md")} == {"README.md", *(f"{name}.md" for name in OWN)}


def test_each_example_of_an_address_is_one() -> None:
    """That the profiles on these pages can be loaded is seen where all documents are (`test_documents`)."""
    for name in OWN:
        grammar = driver(name).binding
        shown = dict(examples(grammar))
        assert len(shown) == len(grammar.forms), name
        for form, example in shown.items():
            alone = form.removeprefix(f"{grammar.within}:") or form
            assert f"{read_address(example, grammar).scheme}:" in (alone, alone.removesuffix("//"), ":"), example


def test_every_slot_is_declared_and_everything_follows_from_it() -> None:
    assert [field.name for field in fields(Slots)] == [*SLOTS]
    others = {driver(name).emulated for name in OWN} - {""}
    assert {*DEVICE_OF_SLOT.values(), *others} == {*DEVICES}
    for name, slot in SLOTS.items():
        assert re.fullmatch(r"(Der|Die|Das) [A-ZÄÖÜ]\w+", slot.title)
        assert notice(f"device.gone.{name}") == f"{slot.title} in der Kabine antwortet nicht."
        assert bool(slot.unplug) == bool(slot.replug)
        assert not slot.device or re.fullmatch(r"[a-z_]+\.[a-z]+", slot.fault)
    for name in {*DEVICES} - others:
        assert len({SLOTS[slot].fault for slot, one in DEVICE_OF_SLOT.items() if one == name}) == 1


def test_whatever_fails_in_a_scenario_can_be_said_and_a_tester_has_orders_for_it() -> None:
    for noun, name in FAILING.items():
        assert device(f"der {noun}") == noun
        assert {f"fail {name}", f"heal {name}"} <= ACTS.keys()
    assert {*NOTICED_BY} <= ACTS.keys()
    assert {name for name in vars(Actor) if not name.startswith("_")} <= ACTS.keys()


def test_whatever_a_simulation_breaks_somebody_breaks() -> None:
    assert {*MISHAPS} <= {*KINDS["devices"]} <= {*_AT_BOOTH}
    for slot in SLOTS.values():
        assert {*slot.mishaps.values()} <= {fault.name for fault in slot.faults}, "it is a fault like every other"


def test_no_table_of_devices_is_kept_by_hand() -> None:
    """The titles stand in their declarations and nowhere else in the code."""
    titles = re.compile("|".join(rf'"{slot.title}"' for slot in SLOTS.values()))
    holders = [path for name in ("lisa_core", "emulator") for path in (ROOT / name).rglob("*.py")]
    found = [path.name for path in holders if titles.search(path.read_text(encoding="utf-8"))]
    assert found == ["devices.py"]
