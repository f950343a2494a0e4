"""Modules that have another name now: who imports one by its old name gets the new one, and is told once.

`MODULES` is data as in `lisa_core.host.renames`: old names, as people's own steps and drivers import them.
Whoever renames modules adds them here; a program that renames them leaves the old names in this file alone.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from importlib.abc import Loader

SINCE = "0.2.0"
"""The last version that understands them."""
MODULES: Mapping[str, str] = {
    "emulator.actor": "emulator.world.actor",
    "emulator.camera": "emulator.devices.camera",
    "emulator.door": "emulator.devices.door",
    "emulator.hosting": "emulator.world.live_world",
    "emulator.kiosk": "emulator.devices.kiosk",
    "emulator.listening": "emulator.devices.listener",
    "emulator.microphone": "emulator.devices.microphone",
    "emulator.people": "lisa_core.harness.simulation.plan.people",
    "emulator.presence": "emulator.devices.presence",
    "emulator.printer": "emulator.devices.printer",
    "emulator.pty": "emulator.devices.pty",
    "emulator.scan_image": "emulator.paper.scan_image",
    "emulator.scanner": "emulator.devices.scanner",
    "emulator.scenery": "emulator.devices.scenery",
    "emulator.sheet": "emulator.paper.sheet",
    "emulator.signature_pad": "emulator.devices.signature_pad",
    "emulator.stage_acts": "emulator.world.stage_acts",
    "emulator.strokes": "emulator.paper.strokes",
    "emulator.virtualcam": "emulator.devices.virtualcam",
    "lisa_core.booth.case_file": "lisa_core.booth.case.case_file",
    "lisa_core.booth.casework": "lisa_core.booth.case.casework",
    "lisa_core.booth.entries": "lisa_core.booth.journal.entries",
    "lisa_core.booth.event_log": "lisa_core.booth.journal.event_log",
    "lisa_core.booth.log": "lisa_core.booth.journal.backlog",
    "lisa_core.booth.names": "lisa_core.booth.journal.names",
    "lisa_core.booth.past": "lisa_core.booth.journal.history",
    "lisa_core.booth.picture_process": "lisa_core.booth.imaging.picture_process",
    "lisa_core.booth.pictures": "lisa_core.booth.imaging.pictures",
    "lisa_core.booth.scenes": "lisa_core.booth.screen.scenes",
    "lisa_core.booth.signing": "lisa_core.booth.case.signature",
    "lisa_core.booth.texts": "lisa_core.booth.screen.texts",
    "lisa_core.booth.touch": "lisa_core.booth.screen.touch",
    "lisa_core.booth.view": "lisa_core.booth.screen.view",
    "lisa_core.booth.watching": "lisa_core.booth.device_health",
    "lisa_core.booth.workshop": "lisa_core.booth.imaging.workshop",
    "lisa_core.cli.doctor": "lisa_core.cli.diagnosis.doctor",
    "lisa_core.cli.overwriting": "lisa_core.host.allocator",
    "lisa_core.devices": "lisa_core.equipment.drivers",
    "lisa_core.devices.escl": "lisa_core.equipment.drivers.escl",
    "lisa_core.devices.ld2410": "lisa_core.equipment.drivers.ld2410",
    "lisa_core.devices.modbus_io": "lisa_core.equipment.drivers.modbus_io",
    "lisa_core.devices.page": "lisa_core.equipment.drivers.page",
    "lisa_core.devices.raw_print": "lisa_core.equipment.drivers.raw_print",
    "lisa_core.devices.wacom_stu": "lisa_core.equipment.drivers.wacom_stu",
    "lisa_core.documents": "lisa_core.papers",
    "lisa_core.documents.canonical": "lisa_core.domain.case.canonical",
    "lisa_core.documents.case": "lisa_core.domain.case.machine",
    "lisa_core.documents.declaration": "lisa_core.papers.declaration",
    "lisa_core.documents.form_rules": "lisa_core.domain.case.form_rules",
    "lisa_core.documents.forms": "lisa_core.domain.case.forms",
    "lisa_core.documents.letters": "lisa_core.domain.case.letters",
    "lisa_core.documents.package": "lisa_core.papers.package",
    "lisa_core.documents.paper_rules": "lisa_core.domain.case.paper_rules",
    "lisa_core.documents.parcels": "lisa_core.papers.parts",
    "lisa_core.documents.receipt": "lisa_core.domain.case.receipt",
    "lisa_core.documents.rules": "lisa_core.domain.case.rules",
    "lisa_core.documents.sealing": "lisa_core.papers.seal",
    "lisa_core.documents.sharing": "lisa_core.domain.case.consent",
    "lisa_core.documents.slip": "lisa_core.papers.slip",
    "lisa_core.documents.strokes": "lisa_core.papers.strokes",
    "lisa_core.documents.submission": "lisa_core.papers.seal",
    "lisa_core.documents.texts": "lisa_core.domain.case.texts",
    "lisa_core.documents.typeface": "lisa_core.papers.typeface",
    "lisa_core.documents.typesetting": "lisa_core.papers.sheet",
    "lisa_core.documents.vault": "lisa_core.papers.vault",
    "lisa_core.equipment.drivers.modbus_faults": "lisa_core.equipment.drivers.modbus.faults",
    "lisa_core.exchange.applications": "lisa_core.exchange.inbox.applications",
    "lisa_core.exchange.desk_states": "lisa_core.exchange.desks.desk_states",
    "lisa_core.exchange.diary": "lisa_core.exchange.desks.diary",
    "lisa_core.exchange.endings": "lisa_core.exchange.journal.endings",
    "lisa_core.exchange.hearing": "lisa_core.exchange.routing_input",
    "lisa_core.exchange.hello": "lisa_core.exchange.peers.hello",
    "lisa_core.exchange.intake": "lisa_core.exchange.inbox.intake",
    "lisa_core.exchange.large": "lisa_core.exchange.inbox.large",
    "lisa_core.exchange.names": "lisa_core.exchange.journal.names",
    "lisa_core.exchange.owed": "lisa_core.exchange.inbox.owed",
    "lisa_core.exchange.pace": "lisa_core.exchange.peers.pace",
    "lisa_core.exchange.record": "lisa_core.exchange.journal.record",
    "lisa_core.exchange.recovery": "lisa_core.exchange.journal.recovery",
    "lisa_core.exchange.remembered": "lisa_core.exchange.journal.remembered",
    "lisa_core.exchange.rounds": "lisa_core.exchange.desks.rounds",
    "lisa_core.exchange.stock": "lisa_core.exchange.inbox.stock",
    "lisa_core.gherkin": "lisa_core.harness",
    "lisa_core.gherkin.awaited": "lisa_core.harness.match.unawaited",
    "lisa_core.gherkin.bridge": "lisa_core.harness.match.bridge",
    "lisa_core.gherkin.catalogue": "lisa_core.harness.match.catalogue",
    "lisa_core.gherkin.check": "lisa_core.harness.match.check",
    "lisa_core.gherkin.collect": "lisa_core.harness.plugin.collection",
    "lisa_core.gherkin.console": "lisa_core.harness.report.console",
    "lisa_core.gherkin.declare": "pytest_bdd",
    "lisa_core.gherkin.distributed": "lisa_core.harness.plugin.workers",
    "lisa_core.gherkin.document": "lisa_core.harness.text.document",
    "lisa_core.gherkin.english": "lisa_core.harness.text.english",
    "lisa_core.gherkin.environment": "lisa_core.harness.report.environment",
    "lisa_core.gherkin.failure": "lisa_core.harness.report.failure",
    "lisa_core.gherkin.findings": "lisa_core.harness.text.findings",
    "lisa_core.gherkin.fixtures": "lisa_core.harness.plugin.fixtures",
    "lisa_core.gherkin.folder": "lisa_core.harness.start.folder",
    "lisa_core.gherkin.holding": "lisa_core.harness.scene.resources",
    "lisa_core.gherkin.holdup": "lisa_core.harness.loop.holdup",
    "lisa_core.gherkin.hookspecs": "lisa_core.harness.plugin.hookspecs",
    "lisa_core.gherkin.interruption": "lisa_core.host.interruption",
    "lisa_core.gherkin.judgement": "lisa_core.harness.report.judgement",
    "lisa_core.gherkin.junit": "lisa_core.harness.report.junit",
    "lisa_core.gherkin.keywords": "lisa_core.harness.text.keywords",
    "lisa_core.gherkin.language": "lisa_core.harness.text.language",
    "lisa_core.gherkin.library": "lisa_core.harness.steps.library",
    "lisa_core.gherkin.limits": "lisa_core.harness.match.limits",
    "lisa_core.gherkin.lint": "lisa_core.harness.text.lint",
    "lisa_core.gherkin.live": "lisa_core.harness.report.live_view",
    "lisa_core.gherkin.matching": "lisa_core.harness.match.step_index",
    "lisa_core.gherkin.measure": "lisa_core.harness.report.measure",
    "lisa_core.gherkin.messages": "lisa_core.harness.report.messages",
    "lisa_core.gherkin.messages_read": "lisa_core.harness.report.messages_read",
    "lisa_core.gherkin.observer": "lisa_core.harness.plugin.observer",
    "lisa_core.gherkin.people": "lisa_core.harness.scene.people",
    "lisa_core.gherkin.plot": "lisa_core.harness.report.plot",
    "lisa_core.gherkin.plugin": "lisa_core.harness.plugin.entry",
    "lisa_core.gherkin.portal": "lisa_core.harness.loop.portal",
    "lisa_core.gherkin.protocol": "lisa_core.harness.plugin.short_protocol",
    "lisa_core.gherkin.record": "lisa_core.harness.report.record",
    "lisa_core.gherkin.recorder": "lisa_core.harness.plugin.recorder",
    "lisa_core.gherkin.renamed": "lisa_core.harness.text.former_words",
    "lisa_core.gherkin.report": "lisa_core.harness.report.report",
    "lisa_core.gherkin.requirements": "lisa_core.harness.report.requirements",
    "lisa_core.gherkin.retaking": "lisa_core.harness.plugin.repetition",
    "lisa_core.gherkin.run": "lisa_core.harness.start.run",
    "lisa_core.gherkin.scenario_item": "lisa_core.harness.plugin.scenario_item",
    "lisa_core.gherkin.scene": "lisa_core.harness.scene.scene",
    "lisa_core.gherkin.scope": "lisa_core.harness.plugin.extent.scope",
    "lisa_core.gherkin.session": "lisa_core.harness.plugin.session",
    "lisa_core.gherkin.setting": "lisa_core.harness.scene.setting",
    "lisa_core.gherkin.settings": "lisa_core.harness.settings",
    "lisa_core.gherkin.stash": "lisa_core.harness.plugin.stash",
    "lisa_core.gherkin.steps_appointment": "lisa_core.harness.steps.appointment",
    "lisa_core.gherkin.steps_booth": "lisa_core.harness.steps.booth",
    "lisa_core.gherkin.steps_consult": "lisa_core.harness.steps.consult",
    "lisa_core.gherkin.steps_desk": "lisa_core.harness.steps.desk",
    "lisa_core.gherkin.steps_faults": "lisa_core.harness.steps.faults",
    "lisa_core.gherkin.steps_form": "lisa_core.harness.steps.form",
    "lisa_core.gherkin.steps_papers": "lisa_core.harness.steps.papers",
    "lisa_core.gherkin.steps_privacy": "lisa_core.harness.steps.privacy",
    "lisa_core.gherkin.steps_site": "lisa_core.harness.steps.site",
    "lisa_core.gherkin.steps_talk": "lisa_core.harness.steps.talk",
    "lisa_core.gherkin.stopwatch": "lisa_core.harness.scene.stopwatch",
    "lisa_core.gherkin.syntax": "lisa_core.harness.text.syntax",
    "lisa_core.gherkin.tags": "lisa_core.harness.text.tags",
    "lisa_core.gherkin.turns": "lisa_core.harness.plugin.turns",
    "lisa_core.gherkin.virtual": "lisa_core.harness.loop.virtual_loop",
    "lisa_core.gherkin.words": "lisa_core.harness.text.words",
    "lisa_core.gherkin.writer": "lisa_core.harness.report.writer",
    "lisa_core.media": "lisa_core.equipment.media",
    "lisa_core.media.call": "lisa_core.equipment.media.call",
    "lisa_core.media.camera": "lisa_core.equipment.media.camera",
    "lisa_core.media.camera_faults": "lisa_core.equipment.media.camera_faults",
    "lisa_core.media.description": "lisa_core.equipment.media.description",
    "lisa_core.media.desk_call": "lisa_core.equipment.media.desk_call",
    "lisa_core.media.face": "lisa_core.equipment.media.face",
    "lisa_core.media.frames": "lisa_core.equipment.lines.frames",
    "lisa_core.media.jpeg": "lisa_core.equipment.media.jpeg",
    "lisa_core.media.memory_call": "lisa_core.equipment.media.memory_call",
    "lisa_core.media.microphone": "lisa_core.equipment.media.microphone",
    "lisa_core.media.newest": "lisa_core.equipment.media.newest",
    "lisa_core.media.outgoing": "lisa_core.equipment.media.outlet",
    "lisa_core.media.peer": "lisa_core.equipment.media.peer",
    "lisa_core.media.pictures": "lisa_core.equipment.media.pictures",
    "lisa_core.media.tracks": "lisa_core.equipment.media.tracks",
    "lisa_core.media.tuning": "lisa_core.equipment.media.tuning",
    "lisa_core.media.video": "lisa_core.equipment.media.video",
    "lisa_core.model": "lisa_core.domain.model",
    "lisa_core.model.call_words": "lisa_core.domain.model.call_words",
    "lisa_core.model.case": "lisa_core.domain.model.case",
    "lisa_core.model.case_events": "lisa_core.domain.model.case_events",
    "lisa_core.model.chance": "lisa_core.harness.simulation.plan.chance",
    "lisa_core.model.directory": "lisa_core.domain.model.directory",
    "lisa_core.model.errors": "lisa_core.domain.model.errors",
    "lisa_core.model.frames": "lisa_core.domain.model.frames",
    "lisa_core.model.ids": "lisa_core.domain.model.ids",
    "lisa_core.model.json_types": "lisa_core.domain.model.json_types",
    "lisa_core.model.nearest": "lisa_core.domain.model.nearest",
    "lisa_core.model.outcome": "lisa_core.domain.model.outcome",
    "lisa_core.model.printable": "lisa_core.host.printable",
    "lisa_core.model.readings": "lisa_core.domain.model.readings",
    "lisa_core.model.renames": "lisa_core.host.renames",
    "lisa_core.model.screen": "lisa_core.domain.model.screen",
    "lisa_core.model.time": "lisa_core.domain.model.time",
    "lisa_core.profiles": "lisa_core.config",
    "lisa_core.profiles.binding": "lisa_core.config.binding",
    "lisa_core.profiles.directory": "lisa_core.config.directory",
    "lisa_core.profiles.directory_faults": "lisa_core.config.directory_faults",
    "lisa_core.profiles.directory_routing": "lisa_core.config.directory_routing",
    "lisa_core.profiles.directory_staff": "lisa_core.config.directory_staff",
    "lisa_core.profiles.drivers": "lisa_core.config.drivers",
    "lisa_core.profiles.late": "lisa_core.config.late_devices",
    "lisa_core.profiles.migration": "lisa_core.config.migration",
    "lisa_core.profiles.profile": "lisa_core.config.profile",
    "lisa_core.profiles.public_holidays": "lisa_core.config.public_holidays",
    "lisa_core.profiles.renamed": "lisa_core.config.renamed",
    "lisa_core.profiles.toml": "lisa_core.config.toml",
    "lisa_core.profiles.toml_doubles": "lisa_core.config.toml_doubles",
    "lisa_core.profiles.toml_lines": "lisa_core.config.toml_lines",
    "lisa_core.protocols": "lisa_core.wire",
    "lisa_core.protocols.escl": "lisa_core.equipment.codecs.escl",
    "lisa_core.protocols.escl_capabilities": "lisa_core.equipment.codecs.escl_capabilities",
    "lisa_core.protocols.json_text": "lisa_core.wire.json_text",
    "lisa_core.protocols.ld2410": "lisa_core.equipment.codecs.ld2410",
    "lisa_core.protocols.link": "lisa_core.wire.envelope",
    "lisa_core.protocols.message_names": "lisa_core.wire.message_names",
    "lisa_core.protocols.messages": "lisa_core.wire.messages",
    "lisa_core.protocols.messages.call": "lisa_core.wire.messages.call",
    "lisa_core.protocols.messages.case": "lisa_core.wire.messages.case",
    "lisa_core.protocols.messages.desk": "lisa_core.wire.messages.desk",
    "lisa_core.protocols.messages.diary": "lisa_core.wire.messages.diary",
    "lisa_core.protocols.messages.link": "lisa_core.wire.messages.link",
    "lisa_core.protocols.messages.media": "lisa_core.wire.messages.media",
    "lisa_core.protocols.messages.submission": "lisa_core.wire.messages.submission",
    "lisa_core.protocols.modbus_rtu": "lisa_core.equipment.codecs.modbus_rtu",
    "lisa_core.protocols.pjl": "lisa_core.equipment.codecs.pjl",
    "lisa_core.protocols.stu": "lisa_core.equipment.codecs.stu",
    "lisa_core.protocols.stu.framing": "lisa_core.equipment.codecs.stu.framing",
    "lisa_core.protocols.stu.reports": "lisa_core.equipment.codecs.stu.reports",
    "lisa_core.protocols.stu.table": "lisa_core.equipment.codecs.stu.table",
    "lisa_core.protocols.toml_text": "lisa_core.wire.toml_text",
    "lisa_core.protocols.values": "lisa_core.domain.model.values",
    "lisa_core.protocols.xml_tree": "lisa_core.equipment.codecs.xml_tree",
    "lisa_core.rig": "lisa_core.harness.rig",
    "lisa_core.rig.booth": "lisa_core.booth.wire_booth",
    "lisa_core.rig.line": "lisa_core.harness.rig.line",
    "lisa_core.rig.rig": "lisa_core.harness.rig.rig",
    "lisa_core.rig.watched": "lisa_core.harness.rig.screen_history",
    "lisa_core.rig.wishes": "lisa_core.booth.wishes",
    "lisa_core.routing": "lisa_core.domain.routing",
    "lisa_core.routing.alarms": "lisa_core.domain.routing.alarms",
    "lisa_core.routing.appointments": "lisa_core.domain.routing.appointments",
    "lisa_core.routing.bookings": "lisa_core.domain.routing.bookings",
    "lisa_core.routing.calendar": "lisa_core.domain.routing.calendar",
    "lisa_core.routing.calls": "lisa_core.domain.routing.calls",
    "lisa_core.routing.counters": "lisa_core.domain.routing.counters",
    "lisa_core.routing.decisions": "lisa_core.domain.routing.decisions",
    "lisa_core.routing.desks": "lisa_core.domain.routing.desks",
    "lisa_core.routing.events": "lisa_core.domain.routing.events",
    "lisa_core.routing.matching": "lisa_core.domain.routing.eligibility",
    "lisa_core.routing.router": "lisa_core.domain.routing.router",
    "lisa_core.routing.seats": "lisa_core.domain.routing.seats",
    "lisa_core.routing.snapshot": "lisa_core.domain.routing.snapshot",
    "lisa_core.routing.switchboard": "lisa_core.domain.routing.switchboard",
    "lisa_core.routing.telling": "lisa_core.exchange.wording",
    "lisa_core.routing.transfers": "lisa_core.domain.routing.transfers",
    "lisa_core.simulation": "lisa_core.harness.simulation",
    "lisa_core.simulation.agenda": "lisa_core.harness.simulation.world.agenda",
    "lisa_core.simulation.alarm": "lisa_core.harness.simulation.world.alarm",
    "lisa_core.simulation.books": "lisa_core.harness.simulation.world.observations",
    "lisa_core.simulation.booth": "lisa_core.harness.simulation.world.booth",
    "lisa_core.simulation.casework": "lisa_core.harness.simulation.world.casework",
    "lisa_core.simulation.centre": "lisa_core.harness.simulation.world.exchange",
    "lisa_core.simulation.days": "lisa_core.harness.simulation.plan.days",
    "lisa_core.simulation.delivery": "lisa_core.harness.simulation.world.delivery",
    "lisa_core.simulation.figures": "lisa_core.harness.simulation.rules.figures",
    "lisa_core.simulation.invariants": "lisa_core.harness.simulation.rules.invariants",
    "lisa_core.simulation.ledger": "lisa_core.harness.simulation.world.ledger",
    "lisa_core.simulation.line": "lisa_core.harness.simulation.world.line",
    "lisa_core.simulation.mishaps": "lisa_core.harness.simulation.world.mishaps",
    "lisa_core.simulation.order": "lisa_core.harness.simulation.play.order",
    "lisa_core.simulation.outage_rules": "lisa_core.harness.simulation.rules.outages",
    "lisa_core.simulation.paper_rules": "lisa_core.harness.simulation.rules.papers",
    "lisa_core.simulation.plan": "lisa_core.harness.simulation.plan.plan",
    "lisa_core.simulation.population": "lisa_core.harness.simulation.plan.population",
    "lisa_core.simulation.report": "lisa_core.harness.simulation.play.report",
    "lisa_core.simulation.room": "lisa_core.harness.simulation.world.room",
    "lisa_core.simulation.routing_rules": "lisa_core.harness.simulation.rules.routing",
    "lisa_core.simulation.run": "lisa_core.harness.simulation.play.run",
    "lisa_core.simulation.scenes": "lisa_core.harness.simulation.world.scenes",
    "lisa_core.simulation.seat": "lisa_core.harness.simulation.world.seat",
    "lisa_core.simulation.shrink": "lisa_core.harness.simulation.play.shrink",
    "lisa_core.simulation.stage": "lisa_core.harness.simulation.world.stage",
    "lisa_core.simulation.story": "lisa_core.harness.simulation.play.story",
    "lisa_core.simulation.story_steps": "lisa_core.harness.simulation.play.story_steps",
    "lisa_core.simulation.tally": "lisa_core.harness.simulation.rules.tally",
    "lisa_core.simulation.visit_rules": "lisa_core.harness.simulation.rules.visit",
    "lisa_core.simulation.visitor": "lisa_core.harness.simulation.world.visitor",
    "lisa_core.slots": "lisa_core.equipment.slots",
    "lisa_core.slots.actor": "lisa_core.equipment.slots.actor",
    "lisa_core.slots.booths": "lisa_core.equipment.slots.booths",
    "lisa_core.slots.call": "lisa_core.equipment.slots.call",
    "lisa_core.slots.catalogue": "lisa_core.equipment.slots.catalogue",
    "lisa_core.slots.declaration": "lisa_core.equipment.slots.declaration",
    "lisa_core.slots.devices": "lisa_core.equipment.slots.devices",
    "lisa_core.slots.people": "lisa_core.harness.simulation.plan.policies",
    "lisa_core.store.kept": "lisa_core.store.checked_rows",
    "lisa_core.store.stand": "lisa_core.store.checkpoint",
    "lisa_core.tester": "lisa_core.harness.tester",
    "lisa_core.tester.actor": "lisa_core.harness.tester.actor",
    "lisa_core.tester.page": "lisa_core.harness.tester.page",
    "lisa_core.tester.panel": "lisa_core.harness.tester.panel",
    "lisa_core.tester.program": "lisa_core.harness.tester.program",
    "lisa_core.tester.terminal": "lisa_core.harness.tester.terminal",
    "lisa_core.transports": "lisa_core.host",
    "lisa_core.transports.address": "lisa_core.host.address",
    "lisa_core.transports.asgi": "lisa_core.web.asgi",
    "lisa_core.transports.causes": "lisa_core.host.causes",
    "lisa_core.transports.channel": "lisa_core.wire.channel",
    "lisa_core.transports.clock": "lisa_core.host.clock",
    "lisa_core.transports.data": "lisa_core.host.data",
    "lisa_core.transports.driver": "lisa_core.equipment.slots.driver",
    "lisa_core.transports.freeing": "lisa_core.host.memory",
    "lisa_core.transports.heartbeat": "lisa_core.wire.heartbeat",
    "lisa_core.transports.http": "lisa_core.equipment.lines.http",
    "lisa_core.transports.machine": "lisa_core.host.machine",
    "lisa_core.transports.memory": "lisa_core.equipment.lines.null_modem",
    "lisa_core.transports.notices": "lisa_core.host.notices",
    "lisa_core.transports.outbox": "lisa_core.wire.outbox",
    "lisa_core.transports.paths": "lisa_core.host.paths",
    "lisa_core.transports.patience": "lisa_core.host.patience",
    "lisa_core.transports.program": "lisa_core.host.program",
    "lisa_core.transports.serial": "lisa_core.equipment.lines.serial",
    "lisa_core.transports.serial_faults": "lisa_core.equipment.lines.serial_faults",
    "lisa_core.transports.serving": "lisa_core.web.server_limits",
    "lisa_core.transports.space": "lisa_core.host.space",
    "lisa_core.transports.stream": "lisa_core.equipment.lines.stream",
    "lisa_core.transports.temporary": "lisa_core.host.temporary",
    "lisa_core.transports.uplink": "lisa_core.wire.uplink",
    "lisa_core.visit": "lisa_core.domain.visit",
    "lisa_core.visit.events": "lisa_core.domain.visit.events",
    "lisa_core.visit.explore": "lisa_core.domain.visit.state_space",
    "lisa_core.visit.leaving": "lisa_core.domain.visit.departure",
    "lisa_core.visit.machine": "lisa_core.domain.visit.machine",
    "lisa_core.visit.sensing": "lisa_core.domain.visit.perception",
    "lisa_core.visit.states": "lisa_core.domain.visit.states",
    "lisa_core.visit.talk": "lisa_core.domain.visit.talk",
}

CLASSES: Mapping[str, Mapping[str, str]] = {
    "lisa_core.domain.model.screen": {"Scene": "ScreenScene"},
    "lisa_core.harness.simulation.plan.plan": {"Coming": "Arrival", "Luck": "Source"},
    "lisa_core.harness.simulation.play.order": {"Order": "SimulationOrder"},
    "lisa_core.harness.simulation.play.run": {
        "Result": "SimulationResult",
        "Wishes": "PlayOptions",
        "World": "SimulationWorld",
    },
    "lisa_core.equipment.codecs.escl": {"Status": "ScannerStatus", "Request": "ScanRequest"},
    "lisa_core.equipment.codecs.ld2410": {"Ack": "Acknowledgement", "Status": "TargetState"},
    "lisa_core.equipment.codecs.modbus_rtu": {"Refusal": "ExceptionResponse", "encode_refusal": "encode_exception"},
}
"""Module by its name of today -> what is imported from it by its old name, and is called otherwise now."""


class _Loader:
    """Puts the module of the new name in the place of the old one.

    A package stays one of its own: what is imported below it by an old name becomes an attribute of it, and must not
    hide what the new package has under that name. What else it is asked for is taken from the new one.
    """

    def __init__(self, new: str) -> None:
        self._new = new

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Python makes it."""

    def exec_module(self, module: ModuleType) -> None:
        old, new = module.__name__, importlib.import_module(self._new)
        for was, now in CLASSES.get(self._new, {}).items():
            vars(new).setdefault(was, vars(new)[now])
        if any(name.startswith(f"{old}.") for name in MODULES):
            vars(module)["__getattr__"] = partial(_of_package, old, new)
            return  # its parts tell of themselves
        sys.modules[old] = new
        _tell(old, self._new)


def _of_package(old: str, new: ModuleType, name: str) -> object:
    """What is taken from the package itself; one that was only on the way to a part of it has nothing to tell."""
    if f"{old}.{name}" in MODULES:
        return importlib.import_module(f"{old}.{name}")
    if name == "__all__":
        return [public for public in vars(new) if not public.startswith("_")]
    value = getattr(new, name)
    if not name.startswith("__"):
        _tell(old, new.__name__)
    return value


def _tell(old: str, new: str) -> None:
    from lisa_core.host.notices import tell_once

    tell_once(f"Modul „{old}“ heißt jetzt „{new}“; bis Version {SINCE} gilt beides. Den Import ändern.")


class _Finder:
    """Asked first: a folder of the new name may hold another module under the last part of the old one."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        new = MODULES.get(fullname)
        if new is None:
            return None
        # importlib.abc has a base for it, and imports tempfile and zipfile: 10 ms.
        loader = cast("Loader", _Loader(new))
        return importlib.machinery.ModuleSpec(fullname, loader, is_package=True)


def understand() -> None:
    """From now on old names can be imported."""
    if not any(type(finder) is _Finder for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
