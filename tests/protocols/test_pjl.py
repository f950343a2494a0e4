"""PJL: documents with and without a wrapping. The jobs are composed; none of a real driver was recorded yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.pjl import MAX_NAME, UEL, Asked, JobParser, PrintJob, Spoilt, read_job, write_job
from lisa_core.equipment.codecs.printer_status import (
    DeviceStatus,
    JobStatus,
    NoPrinter,
    ScriptError,
    StatusParser,
    write_status,
)

PDF = b"%PDF-1.7\n%%EOF\n"


@given(st.text(max_size=100), st.binary(max_size=300))
def test_a_document_arrives_as_it_was_sent(name: str, content: bytes) -> None:
    name = name.encode(errors="ignore").decode()
    document = PDF + content.replace(UEL, b"").replace(b"%PDF-", b"") + b"%%EOF\n"  # another one would begin there
    job = read_job(write_job(PrintJob(name, document)))
    assert job.document == document
    assert len(job.name) <= MAX_NAME
    assert '"' not in job.name


def test_a_job_with_other_commands_and_no_end_of_job_is_understood() -> None:
    job = b'\x1b%-12345X@PJL JOB NAME = "Kopie"\n@PJL SET COPIES=1\n@PJL ENTER LANGUAGE=PDF\n' + PDF + UEL
    assert read_job(job) == PrintJob("Kopie", PDF)


def test_a_bare_document_is_printed_without_a_name() -> None:
    assert read_job(PDF) == PrintJob("", PDF)


@pytest.mark.parametrize(
    "data", [b"", b"%!PS-Adobe", UEL, UEL + b"@PJL INFO STATUS\r\n", PDF[:-7], b"GET / HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError, match="PDF"):
        read_job(data)


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_jobs_and_questions_come_one_after_the_other(piece: int) -> None:
    """Also in small letters, without PJL between two documents, and with the exit to PJL within a document."""
    odd = PDF[:-6] + UEL + b"no command" + PDF[-6:]
    data = UEL + b"@PJL INFO STATUS\r\n" + UEL + b'@pjl job name="a"\n@pjl enter language=pdf\n' + odd + PDF
    data += UEL + b"@PJL EOJ\r\n" + UEL + b"\r\n" + PDF + b"%!PS"
    parser = JobParser()
    found = [one for at in range(0, len(data), piece) for one in parser.feed(data[at : at + piece])]
    found += parser.finish()
    assert [one.words[0] for one in found if isinstance(one, Asked)] == ["INFO", "JOB", "ENTER", "EOJ"]
    assert [one for one in found if isinstance(one, PrintJob)] == [
        PrintJob("a", odd),
        PrintJob("a", PDF),
        PrintJob("", PDF + b"%!PS"),
    ]
    assert not [one for one in found if isinstance(one, Spoilt)]


# From HP's Printer Job Language Technical Reference Manual, 7-35 and 5-14, and Adobe's PostScript Language Reference.
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b'@PJL USTATUS DEVICE\r\nCODE=40021\r\nDISPLAY="12 PRINTER OPEN"\r\nONLINE=FALSE\r\n\x0c',
            DeviceStatus(40021, "12 PRINTER OPEN"),
        ),
        (
            b'@PJL USTATUS JOB\r\nEND\r\nNAME="job name"\r\nPAGES=123\r\nID=346\r\nRESULT=OK\r\n\x0c',
            JobStatus("END", "OK"),
        ),
        (b'@PJL USTATUS JOB\r\nSTART\r\nNAME="JOB 14993"\r\n\x0c', JobStatus("START")),
        (b"%%[ Error: undefined; OffendingCommand: x ]%%\n", ScriptError("undefined; OffendingCommand: x")),
        (b"%%[ PrinterError: cover open ]%%\n", ScriptError("cover open", of_device=True)),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", NoPrinter(400)),
        (write_status("INFO STATUS", "CODE=10001", 'DISPLAY="x"'), DeviceStatus(10001, "x")),
    ],
)
def test_what_printers_say(data: bytes, said: object) -> None:
    parser = StatusParser()
    assert [one for byte in data for one in parser.feed(bytes((byte,)))] == [said]
    if not data.startswith(b"HTTP"):
        assert StatusParser().feed(b"@PJL INFO ID\r\nx\r\n\x0c" + data + data) == [said, said]
