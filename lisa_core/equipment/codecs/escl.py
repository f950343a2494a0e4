"""eSCL (AirScan), after sane-airscan, go-mfp and AirSane: the XML that client and server exchange over HTTP.

Sans-IO and for both sides: each table below says once how a value stands in XML, and writes and reads by it. Reading
is tolerant, because scanners and clients are: elements are found by their local name, in any order, with blanks around
the text, unknown ones skipped (the dialects of sane-airscan 0.99 and of libsane's escl backend 1.2). Writing is exact.

    client                                scanner
    GET    ScannerCapabilities     -->    200 scan:ScannerCapabilities     once, when the scanner is opened
    GET    ScannerStatus           -->    200 scan:ScannerStatus           at any time: state, feeder, jobs
    POST   ScanJobs                -->    201 Location: {job}              body scan:ScanSettings
    GET    {job}/NextDocument      -->    200 one page                     again, until
                                          404, also 409 or 410             there are no more
    DELETE {job}                   -->    200                              always, also after a fault
    GET    {job}/ScanImageInfo     -->    200 scan:ScanImageInfo           optional, `escl_image_info`

409 is a hardware fault (ScannerStatus says which), 503 means later. Whether 404, 409 and 410 are the end of a job or a
fault shows the status, too: of the feeder, and of the job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.xml_tree import Node, Tree, read_xml, write_xml

UNITS_PER_INCH = 300
"""All lengths are in 1/300 inch (escl:ThreeHundredthsOfInches)."""

NAMESPACES = (
    'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
)
_KnownT = TypeVar("_KnownT", bound=Enum)


class Source(Enum):
    """Where sheets come from (pwg:InputSource)."""

    PLATEN = "Platen"
    FEEDER = "Feeder"


class ColourMode(Enum):
    """scan:ColorMode."""

    BLACK_WHITE = "BlackAndWhite1"
    GREY = "Grayscale8"
    COLOUR = "RGB24"


class State(Enum):
    """pwg:State of the scanner."""

    IDLE = "Idle"
    PROCESSING = "Processing"
    TESTING = "Testing"
    STOPPED = "Stopped"
    DOWN = "Down"


class FeederState(Enum):
    """scan:AdfState; `DOOR_OPEN` is no word of the standard, but some scanners say it and sane-airscan knows it."""

    PROCESSING = "ScannerAdfProcessing"
    EMPTY = "ScannerAdfEmpty"
    JAM = "ScannerAdfJam"
    LOADED = "ScannerAdfLoaded"
    MISPICK = "ScannerAdfMispick"
    HATCH_OPEN = "ScannerAdfHatchOpen"
    DOOR_OPEN = "ScannerAdfDoorOpen"
    TOO_SHORT = "ScannerAdfDuplexPageTooShort"
    TOO_LONG = "ScannerAdfDuplexPageTooLong"
    MULTIPICK = "ScannerAdfMultipickDetected"
    TRAY_FAILED = "ScannerAdfInputTrayFailed"
    TRAY_OVERLOADED = "ScannerAdfInputTrayOverloaded"


class JobState(Enum):
    """pwg:JobState."""

    PENDING = "Pending"
    PROCESSING = "Processing"
    COMPLETED = "Completed"
    CANCELED = "Canceled"
    ABORTED = "Aborted"


@dataclass(frozen=True, slots=True)
class Region:
    """The part of the page that is wanted."""

    x: int = 0
    y: int = 0
    width: int = 2480
    height: int = 3508


@dataclass(frozen=True, slots=True)
class InputCaps:
    """What one source can do; resolutions are those equal in both directions.

    `extended`: formats are named by DocumentFormatExt, too. `both_sides`: a feeder that takes sheets in duplex only.
    """

    min_width: int
    max_width: int
    min_height: int
    max_height: int
    colour_modes: tuple[ColourMode, ...]
    media_types: tuple[str, ...]
    resolutions_dpi: tuple[int, ...]
    extended: bool = True
    both_sides: bool = False


@dataclass(frozen=True, slots=True)
class Capabilities:
    """ScannerCapabilities: what the scanner is and what each source it has can do.

    `duplex`: what its feeder can for both sides of a sheet, beside what it can for one.
    """

    version: str
    make_and_model: str
    serial: str = ""
    uuid: str = ""
    sources: Mapping[Source, InputCaps] = field(default_factory=dict)
    manufacturer: str = ""
    duplex: InputCaps | None = None

    def offer(self, source: Source, duplex: bool) -> InputCaps | None:
        """What can be had from this source, of one side or of both; None where that is not offered."""
        caps = self.sources.get(source)
        if not duplex:
            return None if caps is None or caps.both_sides else caps
        if source is not Source.FEEDER:
            return None
        return self.duplex or (caps if caps is not None and caps.both_sides else None)


@dataclass(frozen=True, slots=True)
class JobInfo:
    """One entry of ScannerStatus' job list."""

    uri: str
    uuid: str
    state: JobState
    completed: int = 0


@dataclass(frozen=True, slots=True)
class ScannerStatus:
    """ScannerStatus; `feeder` is None where there is none or where it says nothing known."""

    state: State
    feeder: FeederState | None = None
    jobs: tuple[JobInfo, ...] = ()

    def job(self, path: str) -> JobState | None:
        """How the job at this path stands; None where the scanner does not say. Hosts in an address do not count."""
        name = path.rstrip("/").rpartition("/")[2]
        found = (job.state for job in self.jobs if name and job.uri.rstrip("/").rpartition("/")[2] == name)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """The body of POST ScanJobs (scan:ScanSettings). No region means all that the source has.

    `extended`: name the format by DocumentFormatExt, too; scanners that do not list it may stumble over it.
    """

    source: Source
    colour_mode: ColourMode
    media_type: str
    resolution_dpi: int
    region: Region | None = None
    duplex: bool = False
    extended: bool = True


def write_status(status: ScannerStatus) -> bytes:
    """Write a scan:ScannerStatus document."""
    jobs: Tree = [
        (
            "scan:JobInfo",
            [
                ("pwg:JobUri", job.uri),
                ("pwg:JobUuid", job.uuid),
                ("scan:Age", "0"),
                ("pwg:ImagesCompleted", str(job.completed)),
                ("pwg:ImagesToTransfer", "0"),
                ("pwg:JobState", job.state.value),
                ("pwg:JobStateReasons", [("pwg:JobStateReason", _REASONS[job.state])]),
            ],
        )
        for job in status.jobs
    ]
    return write_xml(
        "scan:ScannerStatus",
        NAMESPACES,
        [
            ("pwg:Version", "2.63"),
            ("pwg:State", status.state.value),
            *([("scan:AdfState", status.feeder.value)] if status.feeder else []),
            *([("scan:Jobs", jobs)] if jobs else []),
        ],
    )


def read_status(data: bytes) -> ScannerStatus:
    """Read a scan:ScannerStatus document. Raises `ProtocolError` when it names no known state."""
    root = read_xml(data, "ScannerStatus")
    text = root.text_of("State")
    state = member_of(State, text)
    if state is None:
        raise ProtocolError(f"eSCL ScannerStatus: unknown state {text[:40]!r}")
    jobs = tuple(
        JobInfo(
            uri=element.text_of("JobUri"),
            uuid=element.text_of("JobUuid"),
            state=member_of(JobState, element.text_of("JobState")) or JobState.PROCESSING,
            completed=element.length_of("ImagesCompleted", 0),
        )
        for element in root.all("Jobs", "JobInfo")
    )
    return ScannerStatus(state, member_of(FeederState, root.text_of("AdfState")), jobs)


def write_request(request: ScanRequest) -> bytes:
    """Write a scan:ScanSettings document in the order sane-airscan uses, which scanners are known to accept."""
    return write_xml(
        "scan:ScanSettings",
        NAMESPACES,
        [
            ("pwg:Version", "2.0"),
            *_regions(request.region),
            *((tag, text) for tag, write in _REQUEST_FIELDS if (text := write(request))),
            *([("scan:Duplex", str(request.duplex).lower())] if request.source is Source.FEEDER else []),
        ],
    )


def read_request(data: bytes) -> ScanRequest:
    """Read a scan:ScanSettings document; what it leaves open is a grey JPEG at 300 dpi from the glass."""
    root = read_xml(data, "ScanSettings")
    resolution = root.number_of("XResolution", root.number_of("YResolution", 300))
    if root.number_of("YResolution", resolution) != resolution:
        raise ProtocolError("eSCL ScanSettings: different resolutions across and down are not offered")
    area = root.first("ScanRegions", "ScanRegion")
    if area is not None and not (area.text_of("ContentRegionUnits") or _UNITS).endswith(_UNITS):
        raise ProtocolError(f"eSCL ContentRegionUnits: lengths are in escl:{_UNITS}")
    return ScanRequest(
        source=_offered_member(Source, root, "InputSource", Source.PLATEN),
        colour_mode=_offered_member(ColourMode, root, "ColorMode", ColourMode.GREY),
        media_type=root.text_of("DocumentFormatExt") or root.text_of("DocumentFormat") or "image/jpeg",
        resolution_dpi=resolution,
        region=None if area is None else Region(*(area.number_of(tag, 0) for tag in _REGION_TAGS)),
        duplex=_flag_of(root, "Duplex"),
        extended=root.first("DocumentFormatExt") is not None,
    )


_REASONS: Mapping[JobState, str] = {
    JobState.PENDING: "JobQueued",
    JobState.PROCESSING: "JobScanning",
    JobState.COMPLETED: "JobCompletedSuccessfully",
    JobState.CANCELED: "JobCanceledByUser",
    JobState.ABORTED: "AbortedBySystem",
}
_REQUEST_FIELDS: tuple[tuple[str, Callable[[ScanRequest], str]], ...] = (
    ("pwg:InputSource", lambda request: request.source.value),
    ("scan:ColorMode", lambda request: request.colour_mode.value),
    ("pwg:DocumentFormat", lambda request: request.media_type),
    ("scan:DocumentFormatExt", lambda request: request.media_type if request.extended else ""),
    ("scan:XResolution", lambda request: str(request.resolution_dpi)),
    ("scan:YResolution", lambda request: str(request.resolution_dpi)),
)
_UNITS = "ThreeHundredthsOfInches"
_FLAGS = {"true": True, "1": True, "false": False, "0": False, "": False}
"""As XML Schema writes a boolean; one that is missing is false."""
_REGION_TAGS = ("XOffset", "YOffset", "Width", "Height")


def _regions(region: Region | None) -> Tree:
    if region is None:
        return []
    lengths = zip(_REGION_TAGS, (region.x, region.y, region.width, region.height), strict=True)
    units: Tree = [("pwg:ContentRegionUnits", f"escl:{_UNITS}")]
    return [("pwg:ScanRegions", [("pwg:ScanRegion", [*units, *((f"pwg:{tag}", str(n)) for tag, n in lengths)])])]


def member_of(kind: type[_KnownT], text: str) -> _KnownT | None:
    """The member with this text; None for a word that this edition does not know."""
    return next((member for member in kind if member.value == text), None)


def _offered_member(kind: type[_KnownT], element: Node, name: str, default: _KnownT) -> _KnownT:
    text = element.text_of(name)
    member = member_of(kind, text) if text else default
    if member is None:
        raise ProtocolError(f"eSCL {name}: {text[:40]!r} is not offered")
    return member


def _flag_of(element: Node, name: str) -> bool:
    """Both sides that nobody asked for cost a page, those that are left out cost what stands on them."""
    text = element.text_of(name)
    if text not in _FLAGS:
        raise ProtocolError(f"eSCL {name}: {text[:40]!r} is neither true nor false")
    return _FLAGS[text]
