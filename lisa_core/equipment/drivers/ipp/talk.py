"""One question to a printer and its answer: IPP over HTTP, faults instead of exceptions.

A printer that refuses version 2.0 is asked in 1.1 from then on (RFC 8011, 4.1.8).
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.codecs.ipp.message import Group, Message, read_message, write_message
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, StatusCode
from lisa_core.equipment.drivers.ipp.faults import LINK_CODES

if TYPE_CHECKING:
    from lisa_core.equipment.lines.http import HttpDevice
    from lisa_core.equipment.lines.tapped.request import Reply

MEDIA_TYPE = "application/ipp"
MAX_ANSWER = 2 * 1024 * 1024
USER = f"LISA-Kabine {platform.node()}"[:100].strip()
"""Whose jobs they are: those that a crash has left behind are found again, and no other booth's at this printer."""
_VERSIONS = ((2, 0), (1, 1))
_LARGEST_ID = 0x7FFF_FFFF


class IppTalk:
    """The printer at `uri` (ipp:// or ipps://), and under which name it gets its jobs."""

    def __init__(self, http: HttpDevice, uri: str, user: str = USER) -> None:
        self._http, self.uri, self.user = http, uri, user
        self._version = _VERSIONS[0]
        self._asked = 0

    async def ask(
        self,
        operation: Operation,
        *attributes: Attribute,
        job: Collection = (),
        document: bytes = b"",
        within_s: float | None = None,
    ) -> Message:
        """The answer, whatever its status. `job`: attributes of the job; `within_s`: patience with the whole of it.

        Faults: `printer.offline`, `printer.untrusted`, `printer.refused` when no printer answers there, `printer.io`.
        """
        answer = await self._once(operation, attributes, job, document, within_s)
        if answer.code == StatusCode.VERSION_NOT_SUPPORTED and self._version != _VERSIONS[-1]:
            self._version = _VERSIONS[-1]
            answer = await self._once(operation, attributes, job, document, within_s)
        return answer

    async def _once(
        self,
        operation: Operation,
        attributes: Collection,
        job: Collection,
        document: bytes,
        within_s: float | None,
    ) -> Message:
        self._asked = self._asked % _LARGEST_ID + 1
        target = (
            attribute("attributes-charset", Tag.CHARSET, "utf-8"),
            attribute("attributes-natural-language", Tag.LANGUAGE, "de"),
            attribute("printer-uri", Tag.URI, self.uri),
        )
        groups = (Group(GroupTag.OPERATION, (*target, *attributes)), *((Group(GroupTag.JOB, job),) if job else ()))
        body = write_message(Message(operation, self._asked, groups, self._version)) + document
        try:
            reply = await self._http.request(
                "POST", "", body, limit=MAX_ANSWER, within_s=within_s, first_s=within_s, media_type=MEDIA_TYPE
            )
        except DeviceFault as fault:
            raise await self._unreached(fault) from fault
        return await self._read(reply)

    async def _read(self, reply: Reply) -> Message:
        if reply.status == 401:
            raise self.fault("printer.refused", "verlangt Benutzer und Kennwort: am Drucker für IPP abschalten.")
        if why := await self._wants_tls(reply):
            raise self.fault("printer.untrusted", why)
        if reply.status in (503, 429):
            raise self.fault("printer.io", f"ist beschäftigt (HTTP {reply.status}): später noch einmal drucken.")
        try:
            if reply.status != 200 or reply.media_type not in (MEDIA_TYPE, ""):
                raise ProtocolError("no IPP")
            answer, _ = read_message(reply.body)
        except ProtocolError as error:
            text = (
                f"unter dieser Adresse antwortet kein IPP-Drucker (HTTP {reply.status}). "
                "Den Pfad prüfen, meist /ipp/print."
            )
            raise self.fault("printer.refused", text) from error
        if answer.request_id != self._asked:
            raise self.fault("printer.io", "antwortet auf eine andere Frage. Aus- und einschalten.")
        return answer

    async def _wants_tls(self, reply: Reply) -> str:
        """That it is to be asked over TLS; "" otherwise."""
        if self._http.secure or not (reply.https_port or reply.status == 426):
            return ""
        return self._over_tls(reply.https_port, await self._http.certificate())

    async def _unreached(self, fault: DeviceFault) -> DeviceFault:
        code = LINK_CODES.get(fault.code, "printer.io")
        if fault.code == "link.lost" and not self._http.secure and (seen := await self._http.certificate()):
            return self.fault("printer.untrusted", self._over_tls(0, seen))
        hint = " Eingeschaltet, Adresse richtig?" if code == "printer.offline" else ""
        return self.fault(code, f"{fault}.{hint}")

    def _over_tls(self, port: int, seen: str) -> str:
        address = self._http.over_tls(port).replace("https://", "ipps://", 1)
        pin = f', fingerprint = "{seen}" (steht derselbe SHA-256 im Menü des Geräts)' if seen else ""
        return f'verlangt ipps. In das Profil schreiben: binding = "{address}"{pin}.'

    def fault(self, code: str, text: str) -> DeviceFault:
        """A fault of this printer."""
        retryable = code not in ("printer.refused", "printer.untrusted")
        return DeviceFault(code, f"Drucker {self.uri}: {text}", retryable=retryable)
