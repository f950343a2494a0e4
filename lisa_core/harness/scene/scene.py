"""What a scenario acts in: one rig, the agents at their desks, the citizen's body, and what was seen and measured.

The rig starts with the first step that needs it, so that the steps before can say how the site is set.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lisa_core.config.drivers import BROKEN
from lisa_core.config.profile import Profile, load_profile
from lisa_core.desk.history import NOT_PRINTED
from lisa_core.domain.model.directory import Agent
from lisa_core.domain.model.errors import DeviceFault, HarnessError, NotCheckedError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import ScreenView
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.equipment.drivers.link import Link
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.equipment.slots.plans.fault_plan import Happening
from lisa_core.harness.loop.holdup import Waited, held_up_s, waited
from lisa_core.harness.report.pictures.moment import Moment
from lisa_core.harness.report.record import Evidence, SlotRecord
from lisa_core.harness.rig.overheard import Overheard
from lisa_core.harness.scene.bench import Bench
from lisa_core.harness.scene.measuring import Measuring
from lisa_core.harness.scene.people import agent_named
from lisa_core.harness.scene.resources import Held, hold
from lisa_core.harness.scene.seats import Seats
from lisa_core.harness.scene.setting import Setting
from lisa_core.harness.scene.shared_world import SharedWorld, entered
from lisa_core.harness.scene.stopwatch import Stopwatch
from lisa_core.harness.scene.sweep import sweep
from lisa_core.harness.scene.witness import Witness
from lisa_core.harness.settings import RunSettings, real_slots
from lisa_core.harness.tester.actor import GuidedActor
from lisa_core.harness.tester.panel import ASKED, Answer, Kind, Reply
from lisa_core.host import clock

if TYPE_CHECKING:  # what a booth consists of is imported when the first one is opened
    from lisa_core.desk.client import DeskClient
    from lisa_core.harness.rig.rig import Rig
    from lisa_core.harness.scene.neighbour import Neighbour

T = TypeVar("T")

A_MONDAY = datetime.fromisoformat("2026-11-23T10:00")
"""Scenarios that do not say when they play, play on this ordinary Monday morning."""
NOTHING_CAME = "Nichts: Das Szenario war zu Ende, bevor etwas davon eintrat."
PERSONAL = frozenset({"citizen_camera", "document_camera", "scanner", "signature_pad"})
"""Slots whose pictures are of real people and their papers, where they are real."""
GLANCE_S = 0.05
HOLD_S = 0.5
"""Seconds for which is looked whether something stays so: what comes a moment late is seen as well."""
LATEST_BLANKED_S = 1.0


class Scene(Measuring):
    """One scenario's world. Before the rig is open it can be set; afterwards people act in it."""

    def __init__(self, settings: RunSettings, setting: Setting, data: ExitStack, group: asyncio.TaskGroup) -> None:
        super().__init__()
        self.settings = settings
        self.evidence: list[Evidence] = []
        self.typed: list[str] = []
        """What was typed for the citizen: nothing of it may be left."""
        self.copied: dict[str, tuple[str, ...]] = {}
        """The pages of papers that were copied, as digests, by their names: nothing else remembers them."""
        self.slip = ""
        self.somebody_came = False
        self.entered: tuple[float, Waited] | None = None
        """When somebody came in last, in the loop's seconds, and what this program had waited by then."""
        self.stopwatches: dict[str, tuple[float, Waited]] = {}
        """When each stopwatch of the scenario was started, in the same way."""
        self.asked_for: set[datetime] = set()
        """When an appointment was wished for: local times."""
        self._setting, self._data, self._group = setting, data, group
        self._overheard, self._began_us = Overheard(), clock.now_us()
        self._loop = asyncio.get_running_loop()
        self._held: list[Held[Any]] = []
        self._rig: Rig | None = None
        self._begun = False
        self._shared: SharedWorld | None = None
        self.guided: GuidedActor | None = None
        self._folder: Path | None = None
        self._shown: list[ScreenView] = []
        self.seats = Seats(group, settings.seed)
        self._happened: list[Sequence[Happening]] = []
        """What came of the plan of faults, by each start of the booth."""
        self.neighbours: dict[str, Neighbour] = {}
        """Other booths of the Landkreis, by their towns."""
        self._watch = Stopwatch()
        self.bench = Bench()
        self.witness = Witness(setting.profile, settings.tags, memory=settings.booth == "memory")

    # --- setting up -------------------------------------------------------------------------------------------------

    @property
    def setting(self) -> Setting:
        """How the site is set. Raises `HarnessError` once the booth is open."""
        if self._rig is not None:
            raise HarnessError("Dieser Schritt gehört an den Anfang: Das Bürgerbüro läuft schon.")
        return self._setting

    def wish(self, **wishes: object) -> None:
        """Set what the rig is started with (civil, trigger, site)."""
        self.setting.wishes.update(wishes)

    def wish_site(self, name: str) -> None:
        """Play at the site of this town ("Templin")."""
        self.wish(site=SiteId(self.setting.key("sites", name)))

    @property
    def running(self) -> Rig | None:
        """The rig, if it has been started."""
        return self._rig

    async def rig(self) -> Rig:
        """The rig, started when first asked for."""
        if self._rig is None:
            from lisa_core.booth.program import temporary_data

            if self._folder is None and self.settings.booth != "memory":  # it outlives a restart
                self._folder = temporary_data(self._data)
                sweep()
            profile = self._setting.profile_for(self._data)
            self._rig = await self._open(profile)
            await self.witness.meets(self._rig)
            self.guided = self._guided(self._rig)
            if not self._begun:
                self._begun = True
                return await self._begin_free(self._rig)
        elif lost := self.witness.lost_in_use:
            raise NotCheckedError("\n".join(lost))
        return self._rig

    async def _begin_free(self, rig: Rig) -> Rig:
        """Begin in an empty booth: whoever stands in a real one leaves; the visit made of her is none of this scenario.

        Later it is too late: the agents would have been rung for her. Raises `NotCheckedError`.
        """
        if rig.profile.join:
            self._shared, left = await entered(await self.room(), self.disturb)
            return await self._begin_anew() if left else rig
        if not self.guided or not self.is_real("presence"):
            return rig
        await self.guided.free()
        from lisa_core.booth.journal.names import VISIT_BEGUN

        if all(entry.name != VISIT_BEGUN for entry in rig.booth.journal()):
            return rig
        return await self._begin_anew()

    async def _begin_anew(self) -> Rig:
        await self._lose_power()
        self._folder = None
        return await self.rig()

    async def _open(self, profile: Profile) -> Rig:
        """Open the rig. Where a device of ours is missing, whoever stands there is asked to bring it back."""
        from lisa_core.harness.rig.rig import Wishes, open_rig

        faults = self.settings.faults
        wishes = Wishes(
            data=self._folder,
            overheard=self._overheard,
            identify=bool(self.witness.bound),
            recorded=self.settings.recorded,
            faults=faults,
            **self._setting.wishes,
        )
        while True:
            try:
                rig = await self._hold(open_rig(profile, wishes))
                self._happened.append(rig.happened)
                return rig
            except DeviceFault as fault:
                if not self.witness.bound or fault.code == BROKEN:
                    raise
                await self._brought_back(str(fault))

    async def _brought_back(self, missing: str) -> None:
        """Ask for it once, as long as somebody answers. Raises `NotCheckedError` where it does not come back."""
        panel = self.settings.panel
        slot = missing.partition("slots.")[2].partition(".")[0]
        if panel is None or slot in panel.unanswered:
            raise NotCheckedError(missing)
        answer = await panel.ask(Kind.ACT, f"{missing} Das Gerät anschließen und einschalten.")
        self._keep_answer(answer)
        if answer.reply is not Reply.DONE:
            panel.unanswered.add(slot)
            raise NotCheckedError(missing)

    def _guided(self, rig: Rig) -> GuidedActor | None:
        """With real devices there is a tester, who does what only a person can do."""
        if self.settings.panel is None:
            return None

        async def label(button: str) -> str:
            found = await rig.screen.until(
                lambda s: [one for one in s.view.buttons if f"{one.id}:".startswith(f"{button}:")], "die Taste"
            )
            return str(found[0].label)

        real = real_slots(self.settings.profile)
        panel, keep, noticed = self.settings.panel, self._keep_answer, self.witness.used
        return GuidedActor(rig.opened.actor, real, panel, label, keep, lambda: rig.booth.room, noticed, rig.act)

    def _keep_answer(self, answer: Answer) -> None:
        name = f"aufforderung-{answer.asked.number}.txt"
        self.evidence.append(Evidence(name, "text/plain", str(answer).encode(), ASKED))

    async def restart(self) -> None:
        """Booth and exchange lose power and start again with what they kept; nobody sits at a desk any more."""
        self._shown = self.views()
        await self._lose_power()
        await self.rig()

    async def _lose_power(self) -> None:
        await self.seats.abandon()
        for held in reversed(self._held):
            await held.abandon()
        self._held.clear()
        self.neighbours.clear()
        self._rig = None

    # --- people -----------------------------------------------------------------------------------------------------

    async def actor(self) -> Actor:
        """The citizen's body; where devices are real, a tester stands in for it."""
        rig = await self.rig()
        return self.guided or rig.actor

    async def desk(self, name: str) -> DeskClient:
        """The desk of the agent with this name or role; an agent with a name sits down when first asked for."""
        return await self.seats.desk(await self.rig(), name)

    async def sitting(self, name: str) -> DeskClient:
        """The desk of this agent, who sits there already. Raises `HarnessError` where nobody does."""
        return self.seats.sitting(await self.rig(), name)

    async def neighbour(self, town: str) -> Neighbour:
        """Another booth of the Landkreis, with somebody in it; opened when first asked for."""
        from lisa_core.harness.scene.neighbour import open_neighbour

        if town not in self.neighbours:
            rig = await self.rig()
            opening = open_neighbour(rig.directory, town, rig.profile.site, rig.line.beside)
            self.neighbours[town] = await self._hold(opening)
        return self.neighbours[town]

    async def agent(self, name: str) -> Agent:
        """The agent with this name. Raises `HarnessError` naming those that exist."""
        return agent_named((await self.rig()).directory, name)

    @property
    def desks(self) -> tuple[DeskClient, ...]:
        """All desks at which somebody sits."""
        return tuple(self.seats.desks.values())

    @property
    def talking(self) -> DeskClient:
        """The desk that has the call. Raises `HarnessError` when there is none."""
        return self.seats.talking

    async def enter(self) -> None:
        """The citizen walks in; from now on it is measured how soon the desks ring."""
        await self.comes_in((await self.actor()).enter)

    async def comes_in(self, enter: Callable[[], Awaitable[None]]) -> None:
        """The same, however she does."""
        rig = await self.rig()
        if self.guided and self.is_real("presence"):
            await self.guided.free()
            self.witness.made_good("presence")
        self.somebody_came = True
        self.entered = self._watch.rings(self.desks, rig.booth, radar=self.is_real("presence"))
        await enter()

    async def rang(self, desk: DeskClient, limit_s: float | None = None) -> None:
        """Wait until this desk rings; if it was the first after the citizen came in, that is a measurement.

        `limit_s` counts from the coming in; for a desk that rings later, from now. Raises `AssertionError` naming both.
        """
        since_s, idle = asyncio.get_running_loop().time(), waited()
        patience_s = PATIENCE_S if limit_s is None or self._watch.awaits(desk) else limit_s
        await desk.rings(within_s=max(patience_s, limit_s or 0.0))
        after_s = self._watch.rang_after_s(desk)
        if after_s is None:
            after_s = asyncio.get_running_loop().time() - since_s
            late_s = held_up_s(idle, waited(), after_s)
        else:
            late_s = self._watch.held_up_s[desk.name]
            if desk.name in self._watch.unmeasured:  # asked again, it is compared again, but measured once
                self._watch.unmeasured.discard(desk.name)
                since = self._watch.since[desk.name]
                held_up = round(late_s, 3)
                self.measure("anruf.klingelt", round(after_s, 3), "s", held_up=held_up, since=since, slots=["presence"])
        if limit_s is not None and not self.explained("anruf.klingelt", after_s, limit_s, late_s, slots=["presence"]):
            if after_s <= limit_s:
                return
            raise AssertionError(f"Es klingelte erst nach {_spoken(after_s)} s, erlaubt sind {_spoken(limit_s)} s.")

    async def open_door(self) -> None:
        """The door opens; from now on it is measured how soon the desks see no more papers."""
        rig = await self.rig()
        self._watch.papers(self.desks, rig.booth, contact=self.is_real("door"))
        await self.happens("open_door", lambda: self.disturb("open_door"))

    async def papers_blanked(self, desk: DeskClient) -> None:
        """Wait until this desk sees no more papers: a measurement. The desk hides them as soon as it is told; that the
        booth covers them, too, has to follow: another one. `HarnessError` where none were to be seen before."""
        if desk.name not in self._watch.watched:
            raise HarnessError(
                f"Bei {desk.name} war kein Bild der Unterlagen zu sehen, als die Tür aufging. "
                "Vorher „sieht … unter der Kamera …“ schreiben, dann „Wenn die Tür aufgeht“."
            )
        blanked_s, covered_s = self._watch.blanked_s, self._watch.covered_s
        await self.until_true(lambda: desk.name in blanked_s, "die Unterlagen sind nicht mehr zu sehen")
        self._measure_papers("unterlagen.ausgeblendet", desk, blanked_s[desk.name])
        await self.until_true(lambda: desk.name in covered_s, "das Bürgerbüro verdeckt die Unterlagen")
        self._measure_papers("unterlagen.verdeckt", desk, covered_s[desk.name])
        after_s, held_up_s = covered_s[desk.name]
        undecided = self.explained("unterlagen.verdeckt", after_s, LATEST_BLANKED_S, held_up_s, slots=["door"])
        if after_s > LATEST_BLANKED_S and not undecided:
            raise AssertionError(f"Das Bürgerbüro hat die Unterlagen noch {_spoken(after_s)} s lang gezeigt.")

    def _measure_papers(self, name: str, desk: DeskClient, took_s: tuple[float, float]) -> None:
        after_ms, held_up_ms = (round(value_s * 1000, 1) for value_s in took_s)
        since = self._watch.since[desk.name]
        self.measure(name, after_ms, "ms", held_up=held_up_ms, since=since, slots=["door"])

    # --- the room ---------------------------------------------------------------------------------------------------

    async def room(self) -> JsonMap:
        """What the physical booth looks like inside. Raises `HarnessError` where nobody can look."""
        room = (await self.rig()).opened.room
        if room is None:
            raise HarnessError("In dieses Bürgerbüro kann die Prüfung nicht hineinsehen.")
        return room()

    async def look(
        self,
        slots: tuple[str, ...],
        seen: Callable[[JsonMap], bool],
        question: str,
        within_s: float = PATIENCE_S,
        instead: Callable[[], str] = lambda: "",
        *,
        lasting: bool = False,
    ) -> None:
        """Wait until the room is so; where one of `slots` is real, a tester looks and answers `question` with yes.

        Raises at once when `instead` says why it can no longer become so; `lasting`: it also stays so.
        """
        rig = await self.rig()
        for slot in slots:
            if slot not in rig.profile.slots:
                raise NotCheckedError(f"Dieses Bürgerbüro hat nicht, wonach gefragt ist: {title_of(slot)}.")
        self.witness.used(slots, tester=self.guided is not None and self.is_real(*slots))
        if self.witness.only_played(slots, question):
            return
        if self.guided and self.is_real(*slots):
            assert not (why := instead()), f"Bürgerbüro: {question} – stattdessen: „{why}“"
            await self.guided.look(question, instead=instead)
            return
        if (room := rig.opened.room) is None:
            raise HarnessError("In dieses Bürgerbüro kann die Prüfung nicht hineinsehen.")
        await self.until_true(lambda: seen(room()), question, within_s, instead)
        if lasting:
            await self.never(lambda: "" if seen(room()) else f"{question} Erst ja, dann nein.")

    async def read(self, slot: str, question: str, pictures: Sequence[bytes]) -> None:
        """What a real device has delivered (JPEG) is looked at by the tester, who answers `question` with yes."""
        self.witness.used((slot,), tester=self.is_real(slot))
        if self.guided and self.is_real(slot):
            await self.guided.look(question, pictures)

    async def read_off(self, slot: str, question: str, stands: str) -> None:
        """What a real device has delivered is read off by the tester: only who looks knows that `stands` there."""
        self.witness.used((slot,), tester=True)
        if self.guided is None:
            raise NotCheckedError(f"Niemand liest ab: {question}")
        await self.guided.reads(question, stands)

    def told_of_printer(self) -> str:
        """What the desks were told of a printer that gave out nothing; "" where they were not."""
        told = (notice.text for desk in self.desks for notice in desk.notices if notice.code in NOT_PRINTED)
        return next(told, "")

    async def until_true(
        self,
        condition: Callable[[], T | None],
        what: str,
        within_s: float = PATIENCE_S,
        instead: Callable[[], str] = lambda: "",
    ) -> T:
        """Look again and again until it is true, and return what it is. Raises `AssertionError` naming `what`.

        It raises at once when `instead` says why that can no longer come.
        """
        for _ in range(max(1, int(within_s / GLANCE_S))):
            if found := condition():
                return found
            if why := instead():
                raise AssertionError(f"Bürgerbüro: {what} – stattdessen: „{why}“")
            await asyncio.sleep(GLANCE_S)
        raise AssertionError(f"Bürgerbüro: {what} – nicht innerhalb von {within_s:g} s")

    async def never(self, seen: Callable[[], str], for_s: float = HOLD_S) -> None:
        """Look for a while. Raises `AssertionError` with what `seen` says as soon as it says anything."""
        for _ in range(round(for_s / GLANCE_S) + 1):
            found = seen()
            assert not found, found
            await asyncio.sleep(GLANCE_S)

    def is_real(self, *slots: str) -> bool:
        """Whether any of these slots holds a real device, of which the emulated world knows nothing."""
        return not real_slots(self.settings.profile).isdisjoint(slots)

    async def happens(self, act: str, in_the_world: Callable[[], Awaitable[None]], **words: object) -> None:
        """Something happens that the citizen does not do: in the world, and by a tester (harness.tester.actor.ACTS)."""
        rig = await self.rig()
        if self.guided:
            await self.guided.guide(act, in_the_world, **words)
        else:
            rig.act(act)
            await in_the_world()

    async def disturb(self, act: str, **arguments: object) -> None:
        """Act on the world. Raises `HarnessError` where there is none."""
        disturb = (await self.rig()).opened.disturb
        if disturb is None:
            raise HarnessError(f"„{act}“ lässt sich an diesem Bürgerbüro nicht auslösen.")
        await disturb(act, **arguments)

    async def paper_under_camera(self, title: str) -> None:
        """Wait until this paper lies on the table; where the camera is real, a tester says whether it does."""
        question = f"Liegt „{title}“ unter der Kamera?"
        await self.look(
            ("document_camera",), lambda room: room["table"].partition(":")[0] == title.lower(), question, PATIENCE_S
        )

    # --- what was seen ----------------------------------------------------------------------------------------------

    def show(self, name: str, media_type: str, data: bytes, caption: str) -> None:
        """Keep something to look at, from emulated devices only: pictures of real people never reach a report."""
        if self._setting.profile.emulated >= PERSONAL:
            number = 1 + sum(seen.name.startswith(name) for seen in self.evidence)
            self.evidence.append(Evidence(f"{name}-{number}", media_type, data, caption))

    def views(self) -> list[ScreenView]:
        """Everything that the screen has shown until now, also before the power failed."""
        return [*self._shown, *(self._rig.screen.seen if self._rig else ())]

    def delays(self) -> Mapping[str, float]:
        own = self._rig.delays() if self._rig is not None else {}
        asked = {slot: link.delay_s for slot, link in self.settings.links.items() if isinstance(link, Link)}
        return {slot: max(own.get(slot, 0.0), asked.get(slot, 0.0)) for slot in own.keys() | asked.keys()}

    def booth_files(self) -> list[Path]:
        """Every file that the booth keeps, inside this run's folder."""
        return [path for path in (self._folder / "booth").rglob("*") if path.is_file()] if self._folder else []

    def step_began(self, number: int) -> None:
        """The step with this number, from 0, begins; called from outside of the loop."""
        self._overheard.mark(number, round(self._loop.time() * 1_000_000))

    async def glance(self) -> Moment | None:
        """What can be seen now, and what was said until now; None before the booth is open."""
        if self._rig is None:
            return None
        from lisa_core.harness.scene.glance import look

        ours = self._setting.profile.emulated >= PERSONAL
        return look(self._rig, self.desks, self._overheard, self._began_us, clock.now_us(), ours=ours)

    async def finish(self) -> None:
        """Called after the last step: whoever is still inside leaves, and a real radar has to report that.

        Raises `NotCheckedError` for one that goes on reporting somebody: it could not tell one visitor from the next.
        """
        if self.settings.disturbed:
            told = ", ".join(one.told for happened in self._happened for one in happened) or NOTHING_CAME
            self.evidence.append(Evidence("stoerungsplan.txt", "text/plain", told.encode(), "Was nach Plan eintrat"))
        if self._rig is not None and self._shared is not None:
            await self._shared.leave(await self.room(), self.disturb)
        if self._rig is not None and self.guided and self.is_real("presence") and not self.losses:
            await self.guided.free()

    async def recordings(self) -> list[Evidence]:
        """What went over the lines of the devices, as far as it was kept, and a profile that plays it."""
        from lisa_core.harness.scene.recordings import recordings_of

        return recordings_of(self._rig, self.witness.equipment) if self._rig else []

    @property
    def equipment(self) -> tuple[SlotRecord, ...]:
        """What each slot held; see `witness.Witness.equipment`."""
        return self.witness.equipment

    @property
    def losses(self) -> tuple[str, ...]:
        """Which devices were lost, in a sentence each; see `witness.Witness.losses`."""
        return self.witness.losses

    async def _hold(self, manager: contextlib.AbstractAsyncContextManager[T]) -> T:
        held, value = await hold(manager, self._group)
        self._held.append(held)
        return value

    async def aclose(self) -> None:
        """Close the desks, all at once, and then the rig."""
        await self._watch.aclose()
        rig, neighbours = self._held[:1], self._held[1:]
        await asyncio.gather(self.seats.close(), *(held.close() for held in neighbours))
        for held in rig:
            await held.close()
        self._held.clear()


def _spoken(seconds: float) -> str:
    """With a decimal comma, without zeros at the end: "0,06"."""
    return f"{round(seconds, 3):g}".replace(".", ",")


@lru_cache(maxsize=4)
def _profile(name: str) -> Profile:
    """Read once for all the scenarios of a run."""
    return load_profile(name)


@contextlib.asynccontextmanager
async def open_scene(settings: RunSettings) -> AsyncIterator[Scene]:
    """A scene for one scenario. Raises `ProfileError` when the profile cannot be used.

    Whatever in it ends by itself ends all of it at once; when it is cancelled, everything is let go of together.
    """
    with ExitStack() as data:
        wishes = {"civil": A_MONDAY, "kind": settings.booth, "seed": settings.seed}
        setting = Setting(_profile(settings.profile), wishes)
        async with asyncio.TaskGroup() as group:
            scene = Scene(settings, setting, data, group)
            yield scene
            await scene.aclose()
