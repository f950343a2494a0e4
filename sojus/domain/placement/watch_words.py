"""The sentences of saved searches and reminders. No name of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sojus.domain.field.speech import row
from sojus.domain.placement.decisions import News

ENOUGH = "Mehr als {} gespeicherte Suchen hat niemand; bitte zuerst eine beenden."
NAME = "Eine gespeicherte Suche braucht einen Namen von 1 bis {} Zeichen."
NAMED = 3
"""So many places are told by name, of more only how many there are."""


def saved(name: str) -> str:
    return f"Gespeichert: „{name}“. Sie hören davon, wenn ein Platz frei wird."


def dropped(name: str) -> str:
    return f"„{name}“ ist beendet."


def about_places(news: News, search: str, first: Sequence[tuple[str, str]], count: int) -> str:
    """`first`: the first `NAMED` of them, each with the name of its group; `count`: how many there are."""
    named = [f"„{place}“ ({group})" for place, group in first]
    more = count - len(named)
    told = row([*named, f"{more} weitere"] if more else named)
    one = count == 1
    if news is News.CAME_FREE:
        return f"Zu Ihrer Suche „{search}“ {'passt jetzt' if one else 'passen jetzt'}: {told}."
    return f"Zu Ihrer Suche „{search}“ hat niemand in der Frist bestätigt: {told}. Bitte vor einer Zusage nachfragen."


def unconfirmed(group: str, places: int, days: int) -> str:
    which, stands = ("1 Platz ist", "steht") if places == 1 else (f"{places} Plätze sind", "stehen")
    return (
        f"In „{group}“: {which} in den letzten {days} Tagen nicht bestätigt worden und {stands} in Suchen weiter "
        "unten. Bitte bestätigen oder ändern."
    )
