"""What a description (SDP, RFC 8866) must look like before aiortc gets it, which trusts whatever it is given."""

from __future__ import annotations

from lisa_core.domain.model.errors import ProtocolError

MAX_CHARACTERS = 64_000
KINDS = ("audio", "video", "video")
"""Sound, the citizen (towards the booth: the agent), the table."""
BETWEEN_DESKS = ("audio", "video")
"""Sound and the colleague."""
CANDIDATE, COMPLETE = "a=candidate:", "a=end-of-candidates"
NEEDED = ("ice-ufrag", "ice-pwd", "fingerprint", "setup", "mid", "rtcp-mux")


def check_description(sdp: str, kind: str, wanted: tuple[str, ...] = KINDS) -> None:
    """Raises `ProtocolError` unless there are the `wanted` media, complete and bundled in their order (RFC 9143)."""
    if len(sdp) > MAX_CHARACTERS:
        raise ProtocolError(f"the media {kind} has {len(sdp)} characters; at most {MAX_CHARACTERS} are taken")
    session, *media = _sections(sdp)
    kinds = tuple(section[0].removeprefix("m=").split(" ")[0] for section in media)
    if kinds != wanted:
        raise ProtocolError(f"the media {kind} holds {', '.join(kinds) or 'nothing'} instead of {', '.join(wanted)}")
    for number, section in enumerate(media):
        absent = [name for name in NEEDED if not _values(session, name) + _values(section, name)]
        if absent:
            raise ProtocolError(f"medium {number} of the {kind} lacks {', '.join(absent)}")
    mids = [mid for section in media for mid in _values(section, "mid")]
    if f"BUNDLE {' '.join(mids)}" not in _values(session, "group") or len(set(mids)) != len(wanted):
        raise ProtocolError(f"the media of the {kind} are not bundled in their order")


def with_candidates_everywhere(sdp: str) -> str:
    """The same description with the candidates of its first medium at each that has none, and none to come.

    Of bundled media only the first has to carry them (RFC 9143), and so browsers write it; aiortc takes those of the
    last, and so none. It then waits to be found by the other end, which a relay does not let happen. A name that only
    the other end's own network knows (mDNS) is not handed on: to ask for it takes time.
    """
    session, *media = _sections(sdp)
    found = [line for line in media[0] if line.startswith(CANDIDATE)] if media else []
    candidates = [line for line in found if ".local " not in line]
    if not candidates:  # told that none will come aiortc gives up at once, instead of waiting to be found
        return sdp
    for section in media:
        if not any(line.startswith(CANDIDATE) for line in section):
            section += candidates
        if COMPLETE not in section:
            section.append(COMPLETE)
    return "\r\n".join(line for section in (session, *media) for line in section) + "\r\n"


def _sections(sdp: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for line in sdp.splitlines():
        if line.startswith("m="):
            sections.append([])
        sections[-1].append(line)
    return sections


def _values(section: list[str], name: str) -> list[str]:
    """The values of an attribute; "" for one without a value."""
    found = [line[2:].partition(":") for line in section if line.startswith(f"a={name}")]
    return [value for attribute, _, value in found if attribute == name]
