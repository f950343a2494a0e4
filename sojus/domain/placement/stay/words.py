"""The sentences of stays, for offices and providers. No name of a person, no other office's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sojus.domain.field.speech import row
from sojus.domain.model.days import Span, german, german_span

THERE_ALREADY = "Die Hilfe ist schon an diesem Platz."
OTHER_HELP = "Dort gibt es eine andere Hilfeart; dafür braucht es eine neue Reservierung."
NO_CONTACTS = "Bei einem Platz mit Bett werden keine Kontakte gezählt."
DISCHARGED_ALREADY = "Die Entlassung ist schon eingetragen."
NOTHING_APPROVED = "Kontakte sind noch nicht bewilligt; bitte die Stelle, die zuständig ist, um ein Kontingent bitten."
NOTHING_WANTED = "Um eine Zustimmung ist nicht oder nicht mehr gebeten."
TAKEN_BACK_ALREADY = "Diese Aufnahme ist schon zurückgenommen."
MORE_HAPPENED = "Seit der Aufnahme ist mehr eingetragen (Umzug, Kontakte, Entlassung); das ist zuerst zurückzunehmen."
DISAGREED = "Nicht zugestimmt: es bleibt, wie es bewilligt ist."


def admitted(day: date) -> str:
    return f"Aufgenommen am {german(day)}."


def before(day: date, first: date) -> str:
    return f"Der {german(day)} liegt vor dem Anfang, dem {german(first)}."


def changed(names: str, span: Span) -> str:
    return f"Geändert: {names}, {german_span(span)}."


def discharged(day: date) -> str:
    return f"Entlassen am {german(day)}."


def plan_over(day: date) -> str:
    return f"Der {german(day)} ist kein geplantes Ende mehr; wer gegangen ist, wird entlassen."


def overdue(name: str, last: date) -> str:
    """To the house, which can do something about it."""
    return f"{_not_discharged(name, last)}; bitte die Entlassung eintragen oder verlängern."


def overdue_for_office(name: str, last: date) -> str:
    return f"{_not_discharged(name, last)}, bis der Träger die Entlassung einträgt oder verlängert."


def _not_discharged(name: str, last: date) -> str:
    return (
        f"Das geplante Ende in „{name}“ ist vorbei ({german(last)}), und niemand ist entlassen. "
        "Der Platz gilt weiter als belegt"
    )


def still_there(name: str) -> str:
    return (
        f"„{name}“ gilt noch als belegt: eine Entlassung war geplant und ist nicht eingetragen. Fragen Sie den Träger."
    )


def still_theirs(name: str) -> str:
    """To whoever was given the place after a discharge that never was."""
    return f"„{name}“ gilt wieder als belegt: die eingetragene Entlassung war ein Irrtum. Fragen Sie den Träger."


def given_twice(name: str, done: str) -> str:
    """`done`: what is so all the same."""
    return f"„{name}“ war an einzelnen dieser Tage auch anderen gegeben. Die Entlassung ist trotzdem {done}."


def contingent(used: int, most: int) -> str:
    return f"{used} Kontakte wären mehr als die {most} bewilligten."


def recorded(used: int, most: int | None) -> str:
    return f"{used} Kontakte" + (f" von {most} bewilligten." if most is not None else ".")


def approved(most: int) -> str:
    return f"Bewilligt: {most} Kontakte."


def not_in_stay(day: date) -> str:
    return f"Am {german(day)} bestand die Hilfe nicht."


def before_agreed(day: date, first: date) -> str:
    return (
        f"Reserviert ist erst vom {german(first)} an, nicht am {german(day)}. "
        "Früher geht es, wenn die Stelle, die reserviert hat, die Tage ändert."
    )


def longer_than_agreed(last: date, agreed: date) -> str:
    end = "ohne Ende" if last == date.max else f"bis zum {german(last)}"
    return f"Reserviert ist nur bis zum {german(agreed)}, nicht {end}. Länger geht es erst, wenn dem zugestimmt ist."


def consent_wanted(span: Span, amount: int) -> str:
    return f"Der Träger bittet um Zustimmung: {german_span(span)}, Umfang {amount}. Bewilligt ist weniger."


def agreed(span: Span, amount: int) -> str:
    return f"Zugestimmt: {german_span(span)}, Umfang {amount}."


def reason_wanted(known: Iterable[str]) -> str:
    words = list(known)
    return f"Zur Entlassung gehört ein Grund: {row(words, 'oder')}." if words else "Ein Grund wird hier nicht genannt."


def other_day(day: date, entered: date | None) -> str:
    known = "nichts" if entered is None else f"der {german(entered)}"
    return f"Eingetragen ist {known}, nicht der {german(day)}."


def too_late_to_take_back(last: date) -> str:
    return (
        f"Zurücknehmen ging bis zum {german(last)}: danach ist damit gerechnet worden. "
        "Stimmt es nicht, verständigen sich beide Seiten und reservieren neu."
    )


def there_again(day: date) -> str:
    return f"Die Entlassung am {german(day)} ist zurückgenommen: sie war irrtümlich eingetragen."


def not_come(day: date, is_kept: bool) -> str:
    kept = "Es ist wieder reserviert." if is_kept else "Die Plätze sind inzwischen anderen gegeben."
    return f"Die Aufnahme am {german(day)} ist zurückgenommen: sie war irrtümlich eingetragen. {kept}"


def corrected(day: date, before: int, count: int) -> str:
    return f"Berichtigt: am {german(day)} waren es {count} Kontakte, nicht {before}."


def none_recorded(day: date) -> str:
    return f"Am {german(day)} sind keine Kontakte eingetragen, die zu berichtigen wären."


def recorded_so(day: date, count: int) -> str:
    return f"Am {german(day)} sind schon {count} Kontakte eingetragen."
