"""The numbers of IPP by their names: groups, operations, status codes, states (RFC 8010, 3.5.1; RFC 8011, 5 and B)."""

from __future__ import annotations

from enum import IntEnum


class GroupTag(IntEnum):
    """What the attributes of a group describe."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Operation(IntEnum):
    """RFC 8011, 5.4.15; the last three are those of PWG 5100.11 and 5100.13."""

    PRINT_JOB = 0x0002
    PRINT_URI = 0x0003
    VALIDATE_JOB = 0x0004
    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    SEND_URI = 0x0007
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CANCEL_MY_JOBS = 0x0039
    CLOSE_JOB = 0x003B
    IDENTIFY_PRINTER = 0x003C


class StatusCode(IntEnum):
    """RFC 8011, appendix B."""

    OK = 0x0000
    OK_IGNORED = 0x0001
    OK_CONFLICTING = 0x0002
    BAD_REQUEST = 0x0400
    FORBIDDEN = 0x0401
    NOT_AUTHENTICATED = 0x0402
    NOT_AUTHORIZED = 0x0403
    NOT_POSSIBLE = 0x0404
    TIMEOUT = 0x0405
    NOT_FOUND = 0x0406
    GONE = 0x0407
    TOO_LARGE = 0x0408
    VALUE_TOO_LONG = 0x0409
    FORMAT_NOT_SUPPORTED = 0x040A
    NOT_SUPPORTED = 0x040B
    URI_SCHEME = 0x040C
    CHARSET = 0x040D
    CONFLICTING = 0x040E
    COMPRESSION_NOT_SUPPORTED = 0x040F
    COMPRESSION_ERROR = 0x0410
    FORMAT_ERROR = 0x0411
    INTERNAL_ERROR = 0x0500
    OPERATION_NOT_SUPPORTED = 0x0501
    SERVICE_UNAVAILABLE = 0x0502
    VERSION_NOT_SUPPORTED = 0x0503
    DEVICE_ERROR = 0x0504
    TEMPORARY_ERROR = 0x0505
    NOT_ACCEPTING = 0x0506
    BUSY = 0x0507
    JOB_CANCELED = 0x0508
    ONE_DOCUMENT = 0x0509
    PRINTER_IS_DEACTIVATED = 0x050A


def is_ok(code: int) -> bool:
    """Whether a response says that it was done (RFC 8011, B.1.2: 0x0000 to 0x00FF)."""
    return code <= 0xFF


class PrintJobState(IntEnum):
    """RFC 8011, 5.3.7. From CANCELED on it is over."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class PrinterState(IntEnum):
    """RFC 8011, 5.4.11."""

    IDLE = 3
    PROCESSING = 4
    STOPPED = 5
