"""News of a reservation: it stands alone, so it says what it is about."""

from __future__ import annotations

from sojus.domain.placement import events as e
from sojus.domain.placement.state import Placements
from tests.sojus.providers import HERE, OAK, house, office, register
from tests.sojus.test_placement import BED, CASE, FALL, FOR_GOOD, OTHER, elapse, play


def test_news_of_a_reservation_says_where_and_until_when() -> None:
    """A provider has a room 1 in each house; and whoever waits is told of which list."""
    state, room = Placements(register()), "„Zimmer 1“ (Gruppe betten, Haus Eiche)"
    said = play(
        state,
        (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)),
        (office(HERE), e.Extend(FALL)),
        (house(OAK), e.Confirm(FALL)),
        (house(OAK), e.Decline(FALL, "zu jung.")),
        (office(HERE), e.Reserve(OTHER, CASE, BED, FOR_GOOD)),
        (office(HERE), e.Cancel(OTHER)),
    )
    wanted = f"Reserviert: {room}, vom 01.12.2026 an. Nehmen Sie auf? "
    wanted += "Ohne Antwort verfällt die Reservierung: 03.12.2026, 12:00 Uhr."
    longer = f"Verlängert, zum 1. von 2 Malen: {room}, freigehalten bis 05.12.2026, 12:00 Uhr."
    over = f"Abgesagt ist die Reservierung: {room}."
    assert [one.text for one in said if one.to.office == OAK] == [wanted, longer, wanted, over]
    assert [one.text for one in said if one.to.office == HERE] == [
        f"Reserviert: {room}, vom 01.12.2026 an.",
        longer,
        f"Der Träger nimmt auf. Zugesagt: {room}, vom 01.12.2026 an; freigehalten bis 05.12.2026, 12:00 Uhr.",
        f"Der Träger nimmt in {room} nicht auf: zu jung.",
        f"Reserviert: {room}, vom 01.12.2026 an.",
        over,
    ]


def test_what_ends_where_a_day_ends_ends_on_that_day() -> None:
    """Of "04.12.2026, 00:00 Uhr" nobody knows which night is meant."""
    state = Placements(register())
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    (said,) = play(state, (house(OAK), e.Confirm(FALL)))
    assert said.text.endswith("freigehalten bis 04.12.2026, 24:00 Uhr.")


def test_a_house_that_has_not_answered_is_told_when_it_is_too_late_not_that_it_is() -> None:
    state, room = Placements(register()), "„Zimmer 1“ (Gruppe betten, Haus Eiche)"
    play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD)))
    to_house, to_office = (one.text for one in elapse(state))
    assert to_house.startswith(f"Seit 24 Stunden ohne Ihre Antwort: {room}. Nehmen Sie auf?")
    assert to_house.endswith("Ohne Antwort verfällt die Reservierung: 03.12.2026, 12:00 Uhr.")
    assert to_office.startswith(f"Der Träger hat in der Frist nicht geantwortet (24 Stunden) und ist erinnert: {room}.")
    assert play(state, (house(OAK), e.Confirm(FALL)))[0].text.startswith("Der Träger nimmt auf."), "not too late yet"
