"""A submission in parts that fit the link, and putting them together again. Pure: `add` gives the next assembly."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.errors import LisaError, ProtocolError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.papers.package import MAX_PACKAGE
from lisa_core.papers.seal import Submission
from lisa_core.wire.messages import SubmissionPart

PART_SIZE = 128 * 1024
"""Bytes of a part before base64: with it and the envelope a message stays within 256 kB."""

MAX_PARTS = 1000


def parts(submission: Submission, size: int = PART_SIZE) -> tuple[SubmissionPart, ...]:
    """Cut a submission into messages of at most `size` bytes each."""
    starts = range(0, len(submission.package), size)
    if len(starts) > MAX_PARTS:
        raise LisaError(f"{len(starts)} Teile sind zu viele (erlaubt {MAX_PARTS}): größere Teile schneiden.")
    return tuple(
        SubmissionPart(
            submission=submission.id,
            office=submission.office,
            index=index,
            count=len(starts),
            digest=submission.digest,
            data=base64.b64encode(submission.package[start : start + size]).decode("ascii"),
        )
        for index, start in enumerate(starts)
    )


@dataclass(frozen=True, slots=True)
class Assembly:
    """What has come of one submission so far; parts may come in any order and more than once."""

    submission: str
    office: OfficeId
    count: int
    digest: str
    data: Mapping[int, bytes] = field(default_factory=dict)

    @classmethod
    def begin(cls, part: SubmissionPart) -> Assembly:
        """The assembly after its first part, whichever that is. Raises `ProtocolError` as `add` does."""
        if not 0 < part.count <= MAX_PARTS:
            raise ProtocolError(f"submission.part: count is {part.count}, expected 1 to {MAX_PARTS}")
        return cls(part.submission, part.office, part.count, part.digest).add(part)

    def add(self, part: SubmissionPart) -> Assembly:
        """With one more part. Raises `ProtocolError` for a part that cannot belong here; the assembly stays usable."""
        ours = (self.submission, self.office, self.count, self.digest)
        if (part.submission, part.office, part.count, part.digest) != ours:
            raise ProtocolError("submission.part: submission, office, count and digest differ from the first part")
        if not 0 <= part.index < self.count:
            raise ProtocolError(f"submission.part: index {part.index} is outside 0 to {self.count - 1}")
        data = _decoded(part.data)
        if (known := self.data.get(part.index)) is not None:
            if known != data:
                raise ProtocolError(f"submission.part: part {part.index} came twice with different content")
            return self
        if self.size + len(data) > MAX_PACKAGE:
            raise ProtocolError(f"submission.part: more than {MAX_PACKAGE} bytes in all")
        return replace(self, data={**self.data, part.index: data})

    @property
    def size(self) -> int:
        """Bytes that have come."""
        return sum(map(len, self.data.values()))

    @property
    def complete(self) -> bool:
        return len(self.data) == self.count

    def package(self) -> bytes:
        """The whole. Raises `ProtocolError` when parts are missing or it is not what its digest says."""
        if not self.complete:
            raise ProtocolError(f"submission.part: {self.count - len(self.data)} of {self.count} parts are missing")
        whole = b"".join(self.data[index] for index in range(self.count))
        if sha256(whole) != self.digest:
            raise ProtocolError("submission.part: the parts together do not have the digest they name")
        return whole


def _decoded(text: str) -> bytes:
    # base64 is a third longer: what is too long is refused before it is decoded.
    if not text or len(text) > PART_SIZE * 4 // 3 + 4:
        raise ProtocolError(f"submission.part: data must hold 1 to {PART_SIZE} bytes")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data:
        raise ProtocolError("submission.part: data is not base64")
    return data
