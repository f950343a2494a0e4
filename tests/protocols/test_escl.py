"""eSCL's XML: what clients of others were seen to send, what scanners answer, and what must be refused."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl import ColourMode, FeederState, JobState, Region, Source, State
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities, write_capabilities
from lisa_core.equipment.codecs.xml_tree import MAX_XML

HEAD = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
# After what the escl backend of Debian's libsane1 1.2.1 sent to the emulated scanner (source ADF): order, names
# and blanks are its own; format, left offset and the blanks around Feeder are changed to make the test sharper.
FROM_LIBSANE = f"""<?xml version="1.0" encoding="UTF-8"?><scan:ScanSettings {HEAD}>   <pwg:Version>2.63</pwg:Version>
   <pwg:ScanRegions>      <pwg:ScanRegion>
   <pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
   <pwg:Height>3508</pwg:Height>          <pwg:Width>2480</pwg:Width>          <pwg:XOffset>12</pwg:XOffset>
   <pwg:YOffset>0</pwg:YOffset>      </pwg:ScanRegion>   </pwg:ScanRegions>
   <scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>   <scan:ColorMode>Grayscale8</scan:ColorMode>
   <scan:XResolution>75</scan:XResolution>   <scan:YResolution>75</scan:YResolution>
   <pwg:InputSource> Feeder </pwg:InputSource>  </scan:ScanSettings>"""
# Composed, not recorded: what sane-airscan also copes with. A range, a colour mode of tomorrow, another prefix.
FROM_A_DEVICE = """<s:ScannerCapabilities xmlns:s="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:p="urn:x">
  <p:Version>2.97</p:Version><p:MakeAndModel>Muster MFP 1</p:MakeAndModel><s:Certifications><s:Name/></s:Certifications>
  <s:Platen><s:PlatenInputCaps><s:MaxWidth>2550</s:MaxWidth><s:MaxHeight>3508</s:MaxHeight>
    <s:SettingProfiles><s:SettingProfile>
      <s:ColorModes><s:ColorMode>RGB48</s:ColorMode><s:ColorMode>RGB24</s:ColorMode></s:ColorModes>
      <s:DocumentFormats><s:DocumentFormatExt>image/jpeg</s:DocumentFormatExt></s:DocumentFormats>
      <s:SupportedResolutions><s:ResolutionRange><s:XResolutionRange><s:Min>100</s:Min><s:Max>300</s:Max>
        <s:Normal>300</s:Normal><s:Step>1</s:Step></s:XResolutionRange></s:ResolutionRange></s:SupportedResolutions>
    </s:SettingProfile></s:SettingProfiles></s:PlatenInputCaps></s:Platen>
  <s:Adf><s:AdfSimplexInputCaps><s:MaxWidth>2550</s:MaxWidth></s:AdfSimplexInputCaps></s:Adf>
</s:ScannerCapabilities>"""


def test_a_request_of_libsane_is_understood() -> None:
    request = escl.read_request(FROM_LIBSANE.encode())
    region = Region(12, 0, 2480, 3508)
    assert request == escl.ScanRequest(Source.FEEDER, ColourMode.GREY, "image/jpeg", 75, region)
    assert escl.read_request(b"\n" + FROM_LIBSANE.encode()) == request, "as escl-scanner-cli 0.2.1 begins"


def test_capabilities_of_a_device_in_the_field_are_understood() -> None:
    caps = read_capabilities(FROM_A_DEVICE.encode())
    assert caps.make_and_model == "Muster MFP 1"
    assert list(caps.sources) == [Source.PLATEN], "a feeder that names no format cannot be used"
    platen = caps.sources[Source.PLATEN]
    assert platen.colour_modes == (ColourMode.COLOUR,)
    assert platen.resolutions_dpi == (100, 150, 200, 240, 300)
    assert platen.media_types == ("image/jpeg",)


@pytest.mark.parametrize(("word", "feeder"), [("ScannerAdfJam", FeederState.JAM), ("ScannerAdfOnHoliday", None)])
def test_a_feeder_state_is_known_or_passed_over(word: str, feeder: FeederState | None) -> None:
    state = f"<pwg:State>\n Stopped\n</pwg:State><scan:AdfState>{word}</scan:AdfState>"
    text = f"<scan:ScannerStatus {HEAD}>{state}</scan:ScannerStatus>"
    assert escl.read_status(text.encode()) == escl.ScannerStatus(State.STOPPED, feeder)


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
lengths = st.integers(0, 999_999)
sources = st.builds(
    escl.InputCaps,
    min_width=lengths,
    max_width=lengths,
    min_height=lengths,
    max_height=lengths,
    colour_modes=st.lists(st.sampled_from(ColourMode), min_size=1, unique=True).map(tuple),
    media_types=st.lists(words.filter(bool), min_size=1, max_size=4, unique=True).map(tuple),
    resolutions_dpi=st.sets(st.integers(1, 9600), min_size=1, max_size=6).map(lambda dpi: tuple(sorted(dpi))),
    extended=st.booleans(),
)
capabilities = st.builds(
    escl.Capabilities,
    words,
    words,
    words,
    words,
    st.dictionaries(st.sampled_from(Source), sources, min_size=1),
)
jobs = st.builds(escl.JobInfo, words, words, st.sampled_from(JobState), lengths)
statuses = st.builds(
    escl.ScannerStatus,
    st.sampled_from(State),
    st.none() | st.sampled_from(FeederState),
    st.lists(jobs, max_size=3).map(tuple),
)
requests = st.builds(
    escl.ScanRequest,
    st.sampled_from(Source),
    st.sampled_from(ColourMode),
    words.filter(bool),
    st.integers(1, 9600),
    st.none() | st.builds(Region, lengths, lengths, lengths, lengths),
    extended=st.booleans(),
)


@given(capabilities, statuses, requests)
def test_each_side_reads_what_the_other_writes(
    caps: escl.Capabilities, status: escl.ScannerStatus, request: escl.ScanRequest
) -> None:
    assert read_capabilities(write_capabilities(caps)) == caps
    assert escl.read_status(escl.write_status(status)) == status
    assert escl.read_request(escl.write_request(request)) == request


@given(st.binary(max_size=200), st.integers(0, len(FROM_LIBSANE)), st.integers(0, 200))
def test_damage_is_refused_and_never_crashes(noise: bytes, at: int, lost: int) -> None:
    whole = FROM_LIBSANE.encode()
    for data in (noise, whole[:at] + noise + whole[at + lost :]):
        with contextlib.suppress(ProtocolError):
            assert isinstance(escl.read_request(data), escl.ScanRequest)


UNITS = "<ContentRegionUnits>escl:Millimeters</ContentRegionUnits>"


def asks(inside: str) -> bytes:
    return f"<ScanSettings>{inside}</ScanSettings>".encode()


@pytest.mark.parametrize(("word", "duplex"), [("true", True), ("1", True), ("false", False), ("0", False), ("", False)])
def test_both_sides_are_asked_for_in_each_way_that_xml_knows(word: str, duplex: bool) -> None:
    assert escl.read_request(asks(f"<Duplex>{word}</Duplex>")).duplex is duplex


def test_one_resolution_stands_for_both() -> None:
    for only in "XY":
        assert escl.read_request(asks(f"<{only}Resolution>75</{only}Resolution>")).resolution_dpi == 75


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "bbbb">]><scan:ScanSettings>&b;</scan:ScanSettings>', "document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"), "document type"),
        (b"<a>" * 1000, "nested"),
        (b"<a>" + b" " * MAX_XML + b"</a>", "more than"),
        (b"<html><body>404</body></html>", "expected ScanSettings"),
        (FROM_LIBSANE.replace("75", "7e9").encode(), "Resolution: '7e9'"),
        (FROM_LIBSANE.replace("Grayscale8", "RGB48").encode(), "RGB48"),
        (asks("<Duplex>yes</Duplex>"), "Duplex: 'yes' is neither"),
        (
            asks(
                "<ScanRegions><ScanRegion><ContentRegionUnits>escl:mm</ContentRegionUnits></ScanRegion></ScanRegions>"
            ),
            "Units",
        ),
        (asks("<XResolution>300</XResolution><YResolution>75</YResolution>"), "different resolutions"),
        (b"", "not well-formed"),
    ],
)
def test_what_is_no_request_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(ProtocolError, match=why):
        escl.read_request(data)


@pytest.mark.parametrize("value", ["2550.5", "-1", "inf", "1e3", "9" * 40, "٣", " 7 7 "])
def test_a_number_that_is_none_is_refused_and_named(value: str) -> None:
    """In what a client asks for. What a device says of itself so limits nothing, and the device stays usable."""
    with pytest.raises(ProtocolError, match="Width"):
        escl.read_request(re.sub(r"(?<=<pwg:Width>)\d+", value, FROM_LIBSANE).encode())
    said = re.sub(r"(?<=<s:MaxWidth>)\d+", value, FROM_A_DEVICE)
    widths = {caps.max_width for caps in read_capabilities(said.encode()).sources.values()}
    assert widths == {2550 if value == "2550.5" else 0}
