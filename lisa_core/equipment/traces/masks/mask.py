"""What a mask does: bytes in, contents out, of which nothing personal can be got back. It may remember what it saw."""

from __future__ import annotations

from collections.abc import Sequence

from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.traces.entries import Blank, Content, Part, Plain, plain


class Mask:
    """Lets nothing through but how much it was. Others let through what they know."""

    def renewed(self) -> None:
        """Another connection begins: what came of a message on the one before is over."""

    def sent(self, data: bytes) -> Sequence[Content]:
        """What the driver sent on a stream, a dialogue or in a datagram; perhaps nothing yet, until more has come."""
        return ((Blank(len(data)),),)

    def came(self, data: bytes) -> Sequence[Content]:
        """What the device sent there."""
        return ((Blank(len(data)),),)

    def rest(self) -> Sequence[Content]:
        """What has come of a message that now has no end any more: the connection is over."""
        return ()

    def asked(self, asked: HttpQuestion) -> Content:
        """What was sent along with a question over HTTP."""
        return (Blank(len(asked.body), asked.media_type),) if asked.body else ()

    def answered(self, asked: HttpQuestion, reply: Reply) -> Content:
        """What the answer to it holds."""
        return (Blank(len(reply.body), reply.media_type),) if reply.body else ()

    def report(self, data: bytes) -> Part:
        """A report of a HID device, whichever way it goes."""
        return Blank(len(data))


class OpenMask(Mask):
    """For devices that know nothing of anybody: whether somebody is there, how a door stands, where a camera looks."""

    def sent(self, data: bytes) -> Sequence[Content]:
        return (plain(data),)

    def came(self, data: bytes) -> Sequence[Content]:
        return (plain(data),)

    def asked(self, asked: HttpQuestion) -> Content:
        return plain(asked.body)

    def answered(self, asked: HttpQuestion, reply: Reply) -> Content:
        return plain(reply.body)

    def report(self, data: bytes) -> Part:
        return Plain(data)
