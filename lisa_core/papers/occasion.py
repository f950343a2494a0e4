"""To whom, where and when: what a declaration is printed and sealed for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lisa_core.domain.model.ids import OfficeId, ServiceId


@dataclass(frozen=True, slots=True)
class Occasion:
    """To whom, where and when something is handed in. `at` carries its time zone; all of it comes from outside.

    `service_name`: what it belongs to, as people say it; printed where no form says so.
    """

    office: OfficeId
    office_name: str
    place: str
    at: datetime
    service: ServiceId | None = None
    service_name: str = ""
