"""Handing in, all of it: the booth builds, seals and cuts into parts; the exchange puts together and verifies."""

from __future__ import annotations

from lisa_core.documents.package import MAX_PACKAGE
from lisa_core.documents.parcels import MAX_PARTS, PART_SIZE, Assembly, parts
from lisa_core.documents.sealing import Submission, Verified, build, verify

__all__ = [
    "MAX_PACKAGE",
    "MAX_PARTS",
    "PART_SIZE",
    "Assembly",
    "Submission",
    "Verified",
    "build",
    "parts",
    "verify",
]
