"""eSCL ScanImageInfo: what the page that came last really is, which may differ from what was asked for. See `escl`.

Fields after OpenPrinting/go-mfp, proto/escl (eSCL Technical Specification, 11.2): lengths in pixels of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.xml_tree import Tree, read_xml, write_xml


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """The page that came last. `blank`: whether nothing stands on it; None where the scanner did not look."""

    uri: str
    uuid: str
    width: int
    height: int
    bytes_per_line: int
    blank: bool | None = None


def write_image_info(info: ImageInfo) -> bytes:
    """Write a scan:ScanImageInfo document."""
    blank: Tree = [] if info.blank is None else [("scan:BlankPageDetected", str(info.blank).lower())]
    return write_xml(
        "scan:ScanImageInfo",
        escl.NAMESPACES,
        [
            ("pwg:JobUri", info.uri),
            ("pwg:JobUuid", info.uuid),
            ("scan:ActualWidth", str(info.width)),
            ("scan:ActualHeight", str(info.height)),
            ("scan:ActualBytesPerLine", str(info.bytes_per_line)),
            *blank,
        ],
    )


def read_image_info(data: bytes) -> ImageInfo:
    """Read a scan:ScanImageInfo document. Raises `ProtocolError` for what is none, or a length that is no number."""
    root = read_xml(data, "ScanImageInfo")
    blank = root.text_of("BlankPageDetected")
    return ImageInfo(
        uri=root.text_of("JobUri"),
        uuid=root.text_of("JobUuid"),
        width=root.number_of("ActualWidth", 0),
        height=root.number_of("ActualHeight", 0),
        bytes_per_line=root.number_of("ActualBytesPerLine", 0),
        blank=None if not blank else blank == "true",
    )
