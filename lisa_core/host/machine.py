"""What the machine may lack, in a sentence: no room on the disk, no memory, no descriptors, no port, no right to write.

Whatever the system says of it becomes a `MachineError` here, so that "wrong input" stays what it says.
"""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Callable, Mapping

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.printable import printable

LACKS: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("Der Speicherplatz ist voll", "Platz schaffen."),
    errno.EDQUOT: ("Das Kontingent an Speicherplatz ist erschöpft", "Platz schaffen."),
    errno.EFBIG: ("Die Datei darf nicht größer werden", "Die Grenze für Dateien prüfen (ulimit -f)."),
    errno.EMFILE: ("Das Programm darf nicht mehr Dateien öffnen", "Die Grenze erhöhen (ulimit -n)."),
    errno.ENFILE: ("Der Rechner hat zu viele Dateien offen", "Andere Programme beenden."),
    errno.ENOMEM: ("Der Arbeitsspeicher reicht nicht", "Andere Programme beenden."),
    errno.EADDRINUSE: ("Die Adresse ist schon belegt", "Eine andere wählen; Port 0 nimmt einen freien."),
    errno.EADDRNOTAVAIL: ("Diese Adresse hat der Rechner nicht", "Eine andere wählen."),
    errno.EROFS: ("Der Datenträger lässt sich nur lesen", "Einen anderen Ordner nennen."),
    errno.EACCES: ("Der Zugriff ist nicht erlaubt", "Rechte prüfen oder einen anderen Ort nennen."),
    errno.EPERM: ("Der Zugriff ist nicht erlaubt", "Rechte prüfen oder einen anderen Ort nennen."),
    errno.EIO: ("Der Datenträger antwortet mit einem Fehler", "Den Datenträger prüfen."),
}
"""Error number of the system: the sentence for people, and what they can do."""


def of_machine(error: BaseException) -> MachineError | None:
    """The same as a `MachineError`; None if it says nothing of the machine."""
    if isinstance(error, MachineError):
        return error
    if isinstance(error, MemoryError):
        what, advice = LACKS[errno.ENOMEM]
        return MachineError(f"{what}. {advice}")
    lack = LACKS.get(error.errno or 0) if isinstance(error, OSError) else None
    if lack is None or not isinstance(error, OSError):
        return None
    what, advice = lack
    where = f"{error.filename}: " if error.filename else ""
    return MachineError(f"{where}{what}. {advice}")


def refusal(text: str, error: BaseException) -> LisaError:
    """`text` as the error that it is: of the machine, if that is why, else of whoever asked for it."""
    return MachineError(text) if of_machine(error) else LisaError(text)


_words: list[Callable[[str], str]] = []


def tell_through(words: Callable[[str], str]) -> None:
    """From now on `tell` says what `words` makes of a sentence: the same in another language."""
    _words[:] = [words]


def tell(text: str) -> None:
    """A sentence for whoever runs the place: on the console, beside what the program says it does."""
    for words in _words:
        text = words(text)
    with contextlib.suppress(OSError, ValueError):  # a console that is gone stops nobody's work
        print(printable(text), file=sys.stderr, flush=True)
