"""PJL: documents with and without a wrapping. The jobs are composed; none of a real driver was recorded yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.pjl import MAX_NAME, UEL, PrintJob, read_job, write_job

PDF = b"%PDF-1.7\n%%EOF\n"


@given(st.text(max_size=100), st.binary(max_size=300))
def test_a_document_arrives_as_it_was_sent(name: str, content: bytes) -> None:
    name = name.encode(errors="ignore").decode()
    document = PDF + content.replace(UEL, b"") + b"%%EOF\n"
    job = read_job(write_job(PrintJob(name, document)))
    assert job.document == document
    assert len(job.name) <= MAX_NAME
    assert '"' not in job.name


def test_a_job_with_other_commands_and_no_end_of_job_is_understood() -> None:
    job = b'\x1b%-12345X@PJL JOB NAME = "Kopie"\n@PJL SET COPIES=1\n@PJL ENTER LANGUAGE=PDF\n' + PDF + UEL
    assert read_job(job) == PrintJob("Kopie", PDF)


def test_a_bare_document_is_printed_without_a_name() -> None:
    assert read_job(PDF) == PrintJob("", PDF)


@pytest.mark.parametrize("data", [b"", b"%!PS-Adobe", UEL, UEL + b"@PJL INFO STATUS\r\n", b"GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError, match="PDF"):
        read_job(data)
