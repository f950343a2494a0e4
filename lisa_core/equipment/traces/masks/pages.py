"""Scanners: what they say of themselves is kept, of their pages only size and kind."""

from __future__ import annotations

from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.traces.entries import Blank, Content, plain
from lisa_core.equipment.traces.masks.mask import Mask
from lisa_core.equipment.traces.masks.pictures import picture_in

_XML = (b"<?xml", b"<scan:", b"<Scanner", b"\xef\xbb\xbf<?xml")
_PAGE = "/nextdocument"


class PageMask(Mask):
    """eSCL: XML of its own both ways, and pages, wherever they come from."""

    def asked(self, asked: HttpQuestion) -> Content:
        return plain(asked.body)

    def answered(self, asked: HttpQuestion, reply: Reply) -> Content:
        if not reply.body:
            return ()
        if picture := picture_in(reply.body):
            return (picture,)
        if not asked.path.lower().endswith(_PAGE) and reply.body.lstrip().startswith(_XML):
            return plain(reply.body)
        return (Blank(len(reply.body), reply.media_type),)
