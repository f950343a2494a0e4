"""A booth enrols: somebody has typed the one-time code of its site, and its key becomes the one that speaks for it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.access.booths.possession import proof_of
from lisa_core.access.codes import typed_code
from lisa_core.booth.screen import texts
from lisa_core.domain.model.errors import LisaError, ProtocolError
from lisa_core.wire.channel import Channel, certificate_of, closing
from lisa_core.wire.envelope import LinkEnd
from lisa_core.wire.messages import BoothEnrol, BoothEnrolled, Challenge, Message, Refused


async def enrol(channel: Channel, code: str, key: Ed25519PrivateKey) -> BoothEnrolled:
    """Enter the key over a channel to the door of an exchange. Raises `LisaError` with what the exchange says against.

    Once more with the same code and key is the same again: the answer may have been lost.
    """
    said, link = BoothEnrol(typed_code(code), key.public_key().public_bytes_raw().hex()), LinkEnd()
    async with closing(channel):
        await channel.send(link.send(said))
        challenge = await _heard(channel, link)
        if isinstance(challenge, Challenge):
            await channel.send(link.send(proof_of(key, said, challenge, certificate_of(channel))))
            if isinstance(done := await _heard(channel, link), BoothEnrolled):
                return done
    raise LisaError(texts.NOT_ENROLLED)


async def _heard(channel: Channel, link: LinkEnd) -> Message | None:
    """The next message. Raises `LisaError` for a refusal, and for what is none of ours."""
    try:
        heard = link.receive(await channel.receive())
    except ProtocolError as error:
        raise LisaError(texts.NOT_ENROLLED) from error
    if heard is not None and isinstance(heard.body, Refused):
        raise LisaError(texts.ENROLMENT_REFUSED.format(heard.body.text))
    return heard.body if heard else None
