"""What the emulated IPP printer says of itself: its offer, as values, and how it is just now.

The offer is all that PWG 5100.14, 5.2 asks of a printer; a personality has another one. What depends on the moment (its
addresses, state, clock and queue) is added to any of them. Its clock was never set: it begins in 2000 with its power.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Data, Range, Resolution, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import Operation, PrinterState

MANUFACTURED = datetime(2000, 1, 1, tzinfo=UTC)
MEDIA = (
    *(("iso_a4_210x297mm", 21_000, 29_700), ("iso_a5_148x210mm", 14_800, 21_000)),
    *(("na_letter_8.5x11in", 21_590, 27_940), ("na_index-4x6_4x6in", 10_160, 15_240)),
)
"""Names, with width and height in hundredths of a millimetre."""
FORMATS = ("application/octet-stream", "application/pdf", "image/jpeg", "image/pwg-raster", "image/urf")
COMPRESSIONS = ("none", "gzip", "deflate")
ON_REQUEST = ("media-col-database",)
"""What is told only to who names it (PWG 5100.7, 6.7): it is long."""
_MARGIN = 420
"""Hundredths of a millimetre, as with the sizes."""
_UUID = uuid.uuid5(uuid.NAMESPACE_URL, "lisa:emulated:printer")
_RATED = 600


def _keywords(name: str, *values: str) -> Attribute:
    return attribute(name, Tag.KEYWORD, *values)


def _choice(name: str, tag: Tag, default: Data, *others: Data) -> tuple[Attribute, Attribute]:
    """What may be chosen, and what holds where nothing is."""
    return attribute(f"{name}-default", tag, default), attribute(f"{name}-supported", tag, default, *others)


def _size(width: int, height: int) -> Collection:
    return attribute("x-dimension", Tag.INTEGER, width), attribute("y-dimension", Tag.INTEGER, height)


def _medium(width: int, height: int) -> Collection:
    margins = (attribute(f"media-{side}-margin", Tag.INTEGER, _MARGIN) for side in ("bottom", "left", "right", "top"))
    size = attribute("media-size", Tag.COLLECTION, _size(width, height))
    return (size, *margins, _keywords("media-source", "main"), _keywords("media-type", "stationery"))


_SIZES = tuple(_size(width, height) for _, width, height in MEDIA)
_MEDIA = tuple(_medium(width, height) for _, width, height in MEDIA)

_TEMPLATE: Collection = (
    attribute("copies-default", Tag.INTEGER, 1),
    attribute("copies-supported", Tag.RANGE, Range(1, 99)),
    *_choice("finishings", Tag.ENUM, 3),
    *_choice("media", Tag.KEYWORD, *(name for name, _, _ in MEDIA)),
    _keywords("media-ready", MEDIA[0][0]),
    attribute("media-col-default", Tag.COLLECTION, _MEDIA[0]),
    attribute("media-col-ready", Tag.COLLECTION, _MEDIA[0]),
    attribute("media-col-database", Tag.COLLECTION, *_MEDIA),
    _keywords("media-col-supported", *(one.name for one in _MEDIA[0])),
    attribute("media-size-supported", Tag.COLLECTION, *_SIZES),
    *(attribute(f"media-{side}-margin-supported", Tag.INTEGER, _MARGIN) for side in ("bottom", "left", "right", "top")),
    _keywords("media-source-supported", "main"),
    _keywords("media-type-supported", "stationery"),
    *_choice("multiple-document-handling", Tag.KEYWORD, "single-document", "separate-documents-collated-copies"),
    *_choice("number-up", Tag.INTEGER, 1),
    *_choice("orientation-requested", Tag.ENUM, 3, 4, 5, 6),
    *_choice("output-bin", Tag.KEYWORD, "face-down"),
    attribute("page-ranges-supported", Tag.BOOLEAN, True),
    *_choice("print-color-mode", Tag.KEYWORD, "monochrome", "auto"),
    *_choice("print-content-optimize", Tag.KEYWORD, "auto", "text"),
    *_choice("print-quality", Tag.ENUM, 4, 3, 5),
    *_choice("print-rendering-intent", Tag.KEYWORD, "auto"),
    *_choice("printer-resolution", Tag.RESOLUTION, Resolution(_RATED, _RATED), Resolution(300, 300)),
    *_choice("sides", Tag.KEYWORD, "one-sided", "two-sided-long-edge", "two-sided-short-edge"),
    _keywords("overrides-supported", "document-number", "pages"),
)
_DESCRIPTION: Collection = (
    attribute("charset-configured", Tag.CHARSET, "utf-8"),
    attribute("charset-supported", Tag.CHARSET, "utf-8", "us-ascii"),
    attribute("natural-language-configured", Tag.LANGUAGE, "de"),
    attribute("generated-natural-language-supported", Tag.LANGUAGE, "de", "en"),
    _keywords("ipp-versions-supported", "1.0", "1.1", "2.0"),
    _keywords("ipp-features-supported", "ipp-everywhere"),
    attribute("operations-supported", Tag.ENUM, *sorted(set(Operation) - {Operation.PRINT_URI, Operation.SEND_URI})),
    attribute("document-format-default", Tag.MIME_TYPE, FORMATS[0]),
    attribute("document-format-supported", Tag.MIME_TYPE, *FORMATS),
    _keywords("compression-supported", *COMPRESSIONS),
    _keywords("pdl-override-supported", "attempted"),
    attribute("color-supported", Tag.BOOLEAN, False),
    attribute("pages-per-minute", Tag.INTEGER, 30),
    attribute("multiple-document-jobs-supported", Tag.BOOLEAN, False),
    attribute("multiple-operation-time-out", Tag.INTEGER, 60),
    _keywords("multiple-operation-time-out-action", "abort-job"),
    attribute("job-ids-supported", Tag.BOOLEAN, True),
    attribute("preferred-attributes-supported", Tag.BOOLEAN, False),
    _keywords("which-jobs-supported", "completed", "not-completed"),
    _keywords("printer-get-attributes-supported", "document-format"),
    _keywords("identify-actions-default", "display"),
    _keywords("identify-actions-supported", "display"),
    attribute(
        "pwg-raster-document-resolution-supported", Tag.RESOLUTION, Resolution(300, 300), Resolution(_RATED, _RATED)
    ),
    _keywords("pwg-raster-document-sheet-back", "normal"),
    _keywords("pwg-raster-document-type-supported", "black_1", "sgray_8"),
    _keywords("urf-supported", "W8", "CP1", "RS300-600", "DM1", "V1.4"),
    attribute("printer-name", Tag.NAME, "LISA emulierter Drucker"),
    attribute("printer-info", Tag.TEXT, "LISA emulierter Drucker"),
    attribute("printer-location", Tag.TEXT, "Kabine"),
    attribute("printer-make-and-model", Tag.TEXT, "LISA Emulated Printer"),
    attribute("printer-device-id", Tag.TEXT, "MFG:LISA;MDL:Emulated Printer;CMD:PDF,PWGRaster,URF;SN:LISA-0001;"),
    attribute("printer-firmware-string-version", Tag.TEXT, "1.0"),
    attribute("printer-geo-location", Tag.UNKNOWN),
    attribute("printer-organization", Tag.TEXT, ""),
    attribute("printer-organizational-unit", Tag.TEXT, ""),
    attribute("printer-uuid", Tag.URI, f"urn:uuid:{_UUID}"),
)
_CREATION = ("copies", "document-format", "document-name", "ipp-attribute-fidelity", "job-name", "media", "media-col")
OFFER: Collection = (
    *_TEMPLATE,
    *_DESCRIPTION,
    _keywords("job-creation-attributes-supported", *_CREATION, "print-quality", "printer-resolution", "sides"),
)
TEMPLATE = frozenset(
    one.name for one in _TEMPLATE if one.name.endswith(("-default", "-supported", "-ready", "-database"))
)
"""The names of the group "job-template" (RFC 8011, 5.2)."""
REPEATABLE = frozenset({"finishings", "page-ranges", "overrides"})


@dataclass(frozen=True, slots=True)
class Now:
    """How it is: the address (host:port), whether TLS is spoken there, its state, seconds since it has power."""

    address: str
    secure: bool
    state: PrinterState
    reasons: tuple[str, ...]
    up_s: int
    queued: int
    supply_percent: int = 80


def moment(up_s: int) -> datetime:
    """What its clock shows."""
    return MANUFACTURED + timedelta(seconds=up_s)


def as_it_is(now: Now) -> Collection:
    """What depends on the moment, by names that no offer has."""
    scheme, web = ("ipps", "https") if now.secure else ("ipp", "http")
    home = f"{web}://{now.address}/"
    supply = f"type=toner;maxcapacity=100;level={now.supply_percent};class=supplyThatIsConsumed;unit=percent;"
    return (
        attribute("printer-uri-supported", Tag.URI, f"{scheme}://{now.address}/ipp/print"),
        _keywords("uri-security-supported", "tls" if now.secure else "none"),
        _keywords("uri-authentication-supported", "none"),
        attribute("printer-more-info", Tag.URI, home),
        attribute("printer-supply-info-uri", Tag.URI, home),
        attribute("printer-icons", Tag.URI, f"{home}icon.png"),
        attribute("printer-supply", Tag.OCTETS, f"{supply}colorantname=black;".encode()),
        attribute("printer-supply-description", Tag.TEXT, "Schwarz"),
        attribute("printer-state", Tag.ENUM, now.state),
        _keywords("printer-state-reasons", *(now.reasons or ("none",))),
        attribute("printer-is-accepting-jobs", Tag.BOOLEAN, True),
        attribute("queued-job-count", Tag.INTEGER, now.queued),
        attribute("printer-up-time", Tag.INTEGER, now.up_s),
        attribute("printer-current-time", Tag.DATE_TIME, moment(now.up_s)),
        *_changed("printer-state-change", now.up_s),
        *_changed("printer-config-change", 1),
    )


def _changed(what: str, up_s: int) -> Iterable[Attribute]:
    yield attribute(f"{what}-time", Tag.INTEGER, up_s)
    yield attribute(f"{what}-date-time", Tag.DATE_TIME, moment(up_s))


def joined(offer: Collection, now: Now) -> Collection:
    """All that it says: the offer, and over it how it is."""
    present = as_it_is(now)
    names = {one.name for one in present}
    return (*(one for one in offer if one.name not in names), *present)


def chosen(attributes: Collection, wanted: Sequence[str], template: frozenset[str] = TEMPLATE) -> Collection:
    """Those that a client asks for, by name or by group; without a word all but what is told on request."""
    if not wanted or "all" in wanted:
        return tuple(one for one in attributes if one.name not in ON_REQUEST or one.name in wanted)
    groups = {"job-template": True, "printer-description": False, "job-description": False}
    kinds = {is_template for name, is_template in groups.items() if name in wanted}
    return tuple(
        one
        for one in attributes
        if one.name in wanted or ((one.name in template) in kinds and one.name not in ON_REQUEST)
    )
