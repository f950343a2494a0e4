"""What is done to measure the camera over the table, its head, and the screen, without a visit."""

from __future__ import annotations

from pytest_bdd import then, when

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import HeadPosition
from lisa_core.harness.scene.bench import Filmed, Turned, begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.filming import film
from lisa_core.harness.steps.devices.measure import done_before, fitted
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step
from lisa_core.host.clock import now_us

TITLE = "Dokumentenkamera, Kamerakopf und Bildschirm messen"

FILMS = "Wenn die Dokumentenkamera 3 s lang läuft"
TURNS = "Wenn der Kamerakopf in jede Richtung und wieder zurück fährt"
HEAD_CODES = ("camera_head.refused", "camera_head.stuck")
PLACES = (HeadPosition(pan=-400), HeadPosition(pan=400, tilt=300), HeadPosition(zoom=500), HeadPosition())
"""Where the head is sent, one after the other: each axis there and back."""


@when(step("die Dokumentenkamera {dauer:Dauer} lang läuft"))
async def table_is_filmed(scene: Scene, dauer: float) -> None:
    """Wenn die Dokumentenkamera 3 s lang läuft

    Muss dieser Rechner auf einen Prozessor warten, so läuft sie um so viel länger.
    Auf ihr erstes Bild wird zehn Sekunden gewartet.
    """
    camera = (await scene.rig()).slots.document_camera
    scene.witness.used(("document_camera",))
    scene.bench.table = await film(camera, dauer)


@when(step("alles wieder vom Tisch genommen wird"))
async def table_is_cleared(scene: Scene) -> None:
    """Wenn alles wieder vom Tisch genommen wird"""
    await (await scene.actor()).take_papers()


@when(step("der Kamerakopf in jede Richtung und wieder zurück fährt"))
async def head_turns(scene: Scene) -> None:
    """Wenn der Kamerakopf in jede Richtung und wieder zurück fährt

    Nach links, nach rechts und oben, näher heran, und dorthin zurück, wo alles zu sehen ist.
    """
    scene.witness.used(("camera_head",))
    head = fitted((await scene.rig()).slots.camera_head, "camera_head")
    start, longest_us, off, fault = begun(), 0, 0, None
    try:
        for place in PLACES:
            leg = begun()
            found = await head.aim(place)
            longest_us = max(longest_us, now_us() - leg.at_us)
            off = max(off, *(abs(getattr(found, axis) - getattr(place, axis)) for axis in ("pan", "tilt", "zoom")))
    except DeviceFault as said:
        fault = said
    scene.bench.turned = Turned(start, longest_us, off, fault)
    if fault is not None:
        scene.bench.tried["camera_head"] = start, now_us()


@when(step("auf dem Bildschirm eine Taste berührt wird"))
async def button_is_touched(scene: Scene) -> None:
    """Wenn auf dem Bildschirm eine Taste berührt wird

    Die erste von denen, die dort stehen.
    """
    scene.witness.used(("screen",))
    rig = await scene.rig()
    found = await rig.screen.until(lambda s: [one for one in s.view.buttons if one.active], "eine Taste")
    scene.bench.touched = begun(), found[0].id
    await (await scene.actor()).touch(found[0].id)
    if scene.is_real("screen"):  # who touches a real one says afterwards that it is done
        scene.bench.touched = begun(), found[0].id


@then(step("ist auf dem Bild der Dokumentenkamera {seiten:Seiten} zu sehen"))
@in_an_empty_booth
async def page_is_seen(scene: Scene, seiten: int) -> None:
    """Dann ist auf dem Bild der Dokumentenkamera eine Seite zu sehen

    Oder „keine Seite“. Davor läuft sie: „Wenn die Dokumentenkamera 3 s lang läuft“.
    """
    from lisa_core.harness.steps.devices.sight.page_seen import page_in  # loads numpy

    filmed = filmed_table(scene)
    found = filmed.newest is not None and page_in(filmed.newest) is not None
    assert found is (seiten > 0), f"Auf dem Bild ist {'eine' if found else 'keine'} Seite zu sehen."


@then(step("nennt der Kamerakopf selbst, dass er nicht dort ist, wohin er sollte"))
@in_an_empty_booth
async def head_says(scene: Scene) -> None:
    """Dann nennt der Kamerakopf selbst, dass er nicht dort ist, wohin er sollte"""
    turned = done_before(scene.bench.turned, TURNS)
    assert turned.fault is not None, "Der Kamerakopf hat nichts beanstandet."
    assert turned.fault.code in HEAD_CODES, f"Der Kamerakopf sagt etwas anderes: {turned.fault}"


@then(step("steht der Kamerakopf dort, wohin er sollte, oder er sagt, dass nicht"))
@in_an_empty_booth
async def head_tells_the_truth(scene: Scene) -> None:
    """Dann steht der Kamerakopf dort, wohin er sollte, oder er sagt, dass nicht"""
    turned = done_before(scene.bench.turned, TURNS)
    if turned.fault is None:
        question = "Ist wieder alles auf dem Tisch im Bild?"
        await scene.look(("camera_head",), lambda room: all(not axis["to"] for axis in room["head"].values()), question)


@then(step("ist auf dem Bildschirm zu sehen, was dort stehen soll"))
async def screen_shows_view(scene: Scene) -> None:
    """Dann ist auf dem Bildschirm zu sehen, was dort stehen soll

    Was das Bürgerbüro zeigen will, ist auf der Seite angekommen; an einem echten Bildschirm sieht jemand hin.
    """
    scene.witness.used(("screen",))
    screen = (await scene.rig()).screen
    await screen.until(lambda s: s.view.title, "eine Überschrift")
    if scene.is_real("screen"):
        await scene.look(("screen",), bool, f"Steht auf dem Bildschirm „{screen.view.title}“?")


def filmed_table(scene: Scene) -> Filmed:
    """Pictures of the table that came. `AssertionError` with the fault of a camera that said one, or of none."""
    filmed = done_before(scene.bench.table, FILMS)
    assert filmed.fault is None, f"{filmed.fault}"
    assert filmed.newest is not None, "Es kam kein Bild."
    return filmed
