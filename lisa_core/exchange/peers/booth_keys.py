"""Who may speak for a booth: its key is asked for a proof before it is let in, and looked at again while it is here.

    booth.hello (key) -> challenge (nonce) -> proof -> in the book? -> welcome
    booth.enrol (code, key) -> challenge -> proof -> the code's site gets this key -> booth.enrolled

Who has not proved its key learns nothing of what is in the book. Whatever is refused is told to the administration as
an entry without content, at most once a minute for each kind and place.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lisa_core.access.booths.book import KeyBook, with_key
from lisa_core.access.booths.kept import BookStore
from lisa_core.access.booths.possession import Said, is_proved
from lisa_core.domain.model.call_words import RefusalCode
from lisa_core.domain.model.directory import Directory, Site
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import SiteId
from lisa_core.exchange import texts
from lisa_core.exchange.peers.hello import Doorstep, refuse
from lisa_core.exchange.seldom import Seldom
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel
from lisa_core.wire.envelope import LinkEnd

NONCE_BYTES = 32
UNSURE = RefusalCode.FAULT
"""What a booth is told whose key may well be right: it keeps what it has begun, and tries again."""
LOOK_S = 0.25
"""Interval in which the book is looked at: so long somebody whose key was revoked goes on at most."""


class KeyEntry(StrEnum):
    """What the administration is told, by the name of its entry; the subject is the site, where it is known."""

    UNPROVED = "schluessel.ohne_nachweis"
    """Somebody had the name and the key of a booth, but not the private half; or stood in between."""
    FOREIGN = "schluessel.fremd"
    """A booth that is entered came with another key."""
    MISSING = "schluessel.fehlt"
    """A booth came that nobody has entered."""
    OVER = "schluessel.gesperrt"
    """A key came that is revoked or replaced."""
    CODE = "schluessel.code_falsch"
    ENROLLED = "schluessel.eingetragen"
    CUT = "schluessel.getrennt"
    """A link ended because its key is over."""
    UNREADABLE = "schluessel.unlesbar"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The book; `certificates` gives the SHA-256 of those that the exchange shows now ("" without TLS).

    `strict`: a key is demanded also where nobody has been entered yet.
    """

    book: BookStore
    certificates: Callable[[], frozenset[str]] = lambda: frozenset({""})
    strict: bool = False


class BoothKeys:
    """Asks booths for their proofs."""

    def __init__(
        self, ring: Keyring, directory: Directory, clock: Clock, doorstep: Doorstep, note: Callable[[str, str], None]
    ) -> None:
        self._ring, self._directory, self._clock, self._doorstep = ring, directory, clock, doorstep
        self._note, self._seldom, self._tell = note, Seldom(note), Seldom(lambda text, _: tell(text))

    async def is_refused(self, channel: Channel, hello: m.BoothHello, site: Site) -> bool:
        """Ask for its proof, if one is needed. Who is refused has been told why, and so has the administration."""
        try:
            book = self._ring.book.read()
            if not book.begun and not self._ring.strict:
                return False
            proved = await self._is_proved(channel, hello)
            told = self._standing(self._ring.book.read(), site.id, hello.key) if proved else KeyEntry.UNPROVED
        except MachineError:  # why stands on the console: the book is looked at all the time
            told = KeyEntry.UNREADABLE
        if told is None:
            return False
        self._seldom.tell(told, site.id)
        text = texts.OF_KEYS[told.value].format(site.name, site.id)
        await refuse(channel, m.Refused(UNSURE if told is KeyEntry.UNREADABLE else RefusalCode.KEY, text))
        return True

    async def enrol(self, channel: Channel, said: m.BoothEnrol) -> None:
        """Enter a key for the site of a code, or say why not."""
        if not await self._is_proved(channel, said):
            self._seldom.tell(KeyEntry.UNPROVED)
            await refuse(channel, m.Refused(RefusalCode.KEY, texts.NOT_PROVED))
            return
        now = self._clock.instant().civil

        def entered(book: KeyBook) -> tuple[KeyBook, tuple[SiteId, bool]]:
            after, site = with_key(book, said.code, said.key, now)
            return after, (site, after is not book)

        try:
            entered(self._ring.book.read())  # what is wrong is refused without a transaction
            where, is_new = self._ring.book.change(entered)
        except MachineError as error:
            self._tell.tell(str(error))
            self._seldom.tell(KeyEntry.UNREADABLE)
            await refuse(channel, m.Refused(UNSURE, texts.OF_KEYS[KeyEntry.UNREADABLE]))
        except LisaError as error:
            self._seldom.tell(KeyEntry.CODE)
            await refuse(channel, m.Refused(RefusalCode.KEY, str(error)))
        else:
            if is_new:  # the answer to what was new may have been lost
                self._note(KeyEntry.ENROLLED, where)
            site = self._directory.sites.get(where)
            await channel.send(LinkEnd().send(m.BoothEnrolled(where, site.name if site else where)))

    def cut(self, site: SiteId) -> m.Refused:
        """Note that its link is ended; what it is told."""
        self._note(KeyEntry.CUT, site)
        return m.Refused(RefusalCode.KEY, texts.OF_KEYS[KeyEntry.OVER].format(self._directory.sites[site].name, site))

    async def _is_proved(self, channel: Channel, said: Said) -> bool:
        challenge = m.Challenge(secrets.token_hex(NONCE_BYTES))
        await channel.send(LinkEnd().send(challenge))
        proof = await self._doorstep.proof(channel)
        return any(is_proved(said, challenge, proof, shown) for shown in self._ring.certificates())

    def _standing(self, book: KeyBook, site: SiteId, key: str) -> KeyEntry | None:
        valid, known = book.valid(site), book.named(key)
        if valid is not None and valid.key == key:
            return None
        if known is not None and known.until:
            return KeyEntry.OVER
        return KeyEntry.MISSING if valid is None else KeyEntry.FOREIGN
