"""What every request to the emulated IPP printer has to be, and what a job may ask for (RFC 8011, 4.1 and 4.2.1). Pure.

As strict as a good printer: a client that passes here has met the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from emulator.devices.ipp.attributes import COMPRESSIONS, REPEATABLE
from lisa_core.equipment.codecs.ipp.message import Group, Message
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Data, Range, Tag, Value, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, StatusCode

_FIRST = (("attributes-charset", Tag.CHARSET), ("attributes-natural-language", Tag.LANGUAGE))
_CHARSETS = ("utf-8", "us-ascii")
_PATH = "/ipp/print"
_LONGEST = 255


class RefusedError(Exception):
    """The request is answered with this status; `unsupported` is what it may not have asked for."""

    def __init__(self, status: StatusCode, why: str = "", unsupported: Collection = ()) -> None:
        super().__init__(why or status.name)
        self.status, self.why, self.unsupported = status, why, unsupported


def operation_attributes(request: Message) -> Group:
    """The first group, once all is there that each request has. Raises `RefusedError`."""
    if request.version[0] not in (1, 2):
        raise RefusedError(StatusCode.VERSION_NOT_SUPPORTED, "versions 1.0, 1.1 and 2.0 are known")
    tags = [group.tag for group in request.groups]
    if request.request_id == 0 or tags[:1] != [GroupTag.OPERATION] or tags.count(GroupTag.OPERATION) > 1:
        raise RefusedError(StatusCode.BAD_REQUEST, "a request-id above 0, and the operation attributes first")
    first = request.groups[0]
    opening = tuple((one.name, one.values[0].tag) for one in first.attributes[:2])
    if opening != _FIRST:
        raise RefusedError(StatusCode.BAD_REQUEST, "attributes-charset and attributes-natural-language come first")
    if str(first.all("attributes-charset")[0]).lower() not in _CHARSETS:
        raise RefusedError(StatusCode.CHARSET, "utf-8 is spoken here")
    for group in request.groups:
        names = [one.name for one in group.attributes]
        if len(set(names)) != len(names):
            raise RefusedError(StatusCode.BAD_REQUEST, "an attribute stands twice in a group")
    return first


def target(first: Group) -> int:
    """The number of the job that is meant, 0 for the printer. Raises `RefusedError` where neither is named."""
    job_uri, printer_uri = text(first, "job-uri", Tag.URI), text(first, "printer-uri", Tag.URI)
    if not job_uri and not printer_uri:
        raise RefusedError(StatusCode.BAD_REQUEST, "printer-uri or job-uri is missing")
    path = (job_uri or printer_uri).partition("://")[2].partition("/")[2].strip("/")
    if job_uri:
        number = path.removeprefix(f"{_PATH.strip('/')}/")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise RefusedError(StatusCode.NOT_FOUND, "no such job")
        return int(number)
    if f"/{path}" not in (_PATH, "/"):
        raise RefusedError(StatusCode.NOT_FOUND, "the printer is /ipp/print")
    numbers = first.all("job-id")
    return next((one for one in numbers if isinstance(one, int) and not isinstance(one, bool)), 0)


def text(group: Group, name: str, *tags: int) -> str:
    """The one value of an attribute, "" where it is missing. Raises `RefusedError` for one of another syntax."""
    found = next((one for one in group.attributes if one.name == name), None)
    if found is None:
        return ""
    value = found.values[0]
    if len(found.values) != 1 or value.tag not in tags or not isinstance(value.data, str):
        raise RefusedError(StatusCode.BAD_REQUEST, f"{name} has another syntax")
    if len(value.data) > _LONGEST and value.tag == Tag.NAME:
        raise RefusedError(StatusCode.VALUE_TOO_LONG, f"{name} is too long", (found,))
    return value.data


def flag(group: Group, name: str) -> bool | None:
    """A boolean; None where it is missing."""
    return next((one for one in group.all(name) if isinstance(one, bool)), None)


def limit(first: Group) -> int | None:
    """How many jobs are to be told at most; None for all. Raises `RefusedError` for what is no number from 1 on."""
    found = next((one for one in first.attributes if one.name == "limit"), None)
    if found is None:
        return None
    number = found.values[0].data
    if len(found.values) != 1 or isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise RefusedError(StatusCode.NOT_SUPPORTED, "limit is a number from 1 on", (found,))
    return number


def document_format(first: Group, offered: tuple[Data, ...]) -> str:
    """The format that the client names, "application/octet-stream" where it names none. Raises `RefusedError`."""
    named = text(first, "document-format", Tag.MIME_TYPE)
    if named and named not in offered:
        wrong = attribute("document-format", Tag.MIME_TYPE, named)
        raise RefusedError(StatusCode.FORMAT_NOT_SUPPORTED, f"{named} is not printed here", (wrong,))
    return named or "application/octet-stream"


def compression(first: Group, offered: tuple[Data, ...]) -> str:
    """How the document is packed. Raises `RefusedError`."""
    named = text(first, "compression", Tag.KEYWORD) or "none"
    if named not in COMPRESSIONS or named not in (*offered, "none"):
        wrong = attribute("compression", Tag.KEYWORD, named)
        raise RefusedError(StatusCode.COMPRESSION_NOT_SUPPORTED, f"{named} is not unpacked here", (wrong,))
    return named


def unsupported(template: Collection, offer: Collection) -> Collection:
    """What a job asks for and the printer has not; an attribute that it does not know has the value "unsupported"."""
    known = {one.name: one.values for one in offer}
    return tuple(wrong for one in template if (wrong := _wrong(one, known)))


def _wrong(asked: Attribute, known: Mapping[str, tuple[Value, ...]]) -> Attribute | None:
    supported = known.get(f"{asked.name}-supported")
    if supported is None:
        return attribute(asked.name, Tag.UNSUPPORTED)
    several = len(asked.values) > 1 and asked.name not in REPEATABLE
    fits = _KINDS.get(asked.name, _offered)
    return asked if several or not all(fits(value.data, supported) for value in asked.values) else None


def _offered(data: Data, supported: tuple[Value, ...]) -> bool:
    """Whether it is one of the values, or lies in one of the ranges."""
    if isinstance(data, int) and not isinstance(data, bool):
        ranges = (one.data for one in supported if isinstance(one.data, Range))
        if any(one.low <= data <= one.high for one in ranges):
            return True
    return any(one.data == data for one in supported)


def _known_members(data: Data, supported: tuple[Value, ...]) -> bool:
    names = {one.data for one in supported}
    return isinstance(data, tuple) and all(member.name in names for member in data)


def _is_true(data: Data, supported: tuple[Value, ...]) -> bool:
    return isinstance(data, Range) and 1 <= data.low <= data.high and supported[0].data is True


_KINDS: Mapping[str, Callable[[Data, tuple[Value, ...]], bool]] = {
    "media-col": _known_members,
    "overrides": lambda data, supported: isinstance(data, tuple),
    "page-ranges": _is_true,
}
"""Those whose "-supported" lists something else than their values."""
