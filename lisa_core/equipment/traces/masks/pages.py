"""Scanners: what they say of themselves is kept, of their pages only size and kind."""

from __future__ import annotations

import re

from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.traces.entries import Blank, Content, plain
from lisa_core.equipment.traces.masks.mask import Mask
from lisa_core.equipment.traces.masks.pictures import picture_in

_XML = (b"<?xml", b"<scan:", b"<Scanner", b"\xef\xbb\xbf<?xml")
_PAGE = "/nextdocument"
_SETTINGS = frozenset(
    b"Version Intent ContentRegionUnits Height Width XOffset YOffset InputSource FeedDirection ColorMode ContentType "
    b"DocumentFormat DocumentFormatExt XResolution YResolution Duplex CompressionFactor Brightness Contrast Gamma "
    b"Highlight NoiseRemoval Shadow Sharpen Threshold BinaryRendering BlankPageDetection MediaType MustHonor".split()
)
"""What an order for a scan says about the scan (Mopria eSCL 2.97, 5.8); a program may add who it is for."""
_TEXT = re.compile(rb"(<(?:[\w.-]+:)?([\w.-]+)[^<>]*>)([^<]*[^<\s][^<]*)(?=<)")
_UNREADABLE = re.compile(rb"<!|\s(?!xmlns|version=|encoding=)[\w:.-]+\s*=")
"""Comments, and attributes that name no namespace: there may be anything in them."""


class PageMask(Mask):
    """eSCL: XML of its own both ways, and pages, wherever they come from."""

    def asked(self, asked: HttpQuestion) -> Content:
        if not asked.body.lstrip().startswith(_XML) or _UNREADABLE.search(asked.body):
            return (Blank(len(asked.body), asked.media_type),) if asked.body else ()
        return plain(_TEXT.sub(_setting, asked.body))

    def answered(self, asked: HttpQuestion, reply: Reply) -> Content:
        if not reply.body:
            return ()
        if picture := picture_in(reply.body):
            return (picture,)
        if not asked.path.lower().endswith(_PAGE) and reply.body.lstrip().startswith(_XML):
            return plain(reply.body)
        return (Blank(len(reply.body), reply.media_type),)


def _setting(found: re.Match[bytes]) -> bytes:
    opened, name, text = found.groups()
    return opened + (text if name in _SETTINGS else b"x" * len(text))
