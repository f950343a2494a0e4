"""What can happen to a case: asked by the agent, said by the citizen, reported by devices and office; and what follows.

The booth applies everything in the order in which it comes. `SetField` carries the `revision` of the case that the
agent saw, so that the booth can refuse an answer typed over a newer one; every other operation fits or is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.case import Page, Receipt
from lisa_core.domain.model.ids import FormId, PaperId, ServiceId
from lisa_core.domain.model.readings import ScanSettings

# --- asked by the agent ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChooseService:
    """The agent says which service the citizen's request is; its forms are named on the screen."""

    service: ServiceId


@dataclass(frozen=True, slots=True)
class OpenForm:
    form: FormId


@dataclass(frozen=True, slots=True)
class SetField:
    """The agent types what the citizen says. A changed value is unconfirmed again."""

    field: str
    value: str
    revision: int


@dataclass(frozen=True, slots=True)
class ScanPapers:
    """Scan what lies in the feeder or on the glass as one paper; while it is jammed, the same call goes on with it."""

    title: str
    settings: ScanSettings = ScanSettings()


@dataclass(frozen=True, slots=True)
class CaptureStill:
    """Take a still of what lies under the document camera."""

    title: str


@dataclass(frozen=True, slots=True)
class AcceptPaper:
    paper: PaperId


@dataclass(frozen=True, slots=True)
class DiscardPaper:
    """Either side may have a paper destroyed until it is handed in."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class AskCheck:
    """Show the citizen the whole declaration to check."""


@dataclass(frozen=True, slots=True)
class AskSignature:
    pass


@dataclass(frozen=True, slots=True)
class HandIn:
    pass


@dataclass(frozen=True, slots=True)
class DiscardForm:
    """Throw the draft away."""


# --- said by the citizen --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConfirmField:
    """The citizen says that this answer is right. `changed_at` is that of the value she saw; None: of any."""

    field: str
    changed_at: int | None = None


@dataclass(frozen=True, slots=True)
class ConfirmDeclaration:
    """The citizen has checked everything that this digest stands for (§ 36a (2b) SGB I)."""

    digest: str


@dataclass(frozen=True, slots=True)
class ReopenForm:
    """Something is wrong: back to filling in."""


@dataclass(frozen=True, slots=True)
class SignAgain:
    pass


# --- reported by devices and the office -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageCaptured:
    paper: PaperId
    page: Page


@dataclass(frozen=True, slots=True)
class CaptureEnded:
    paper: PaperId


@dataclass(frozen=True, slots=True)
class CaptureFailed:
    """`code` is the device fault's code ("scanner.jam")."""

    paper: PaperId
    code: str


@dataclass(frozen=True, slots=True)
class Signed:
    """The citizen signed the document with this declaration digest; `digest` is that of the strokes."""

    declaration_digest: str
    digest: str
    svg: str


@dataclass(frozen=True, slots=True)
class SignatureFailed:
    code: str


@dataclass(frozen=True, slots=True)
class Received:
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    code: str


AgentOperation = (
    ChooseService
    | OpenForm
    | SetField
    | ScanPapers
    | CaptureStill
    | AcceptPaper
    | DiscardPaper
    | AskCheck
    | AskSignature
    | HandIn
    | DiscardForm
)
CitizenAct = ConfirmField | ConfirmDeclaration | ReopenForm | SignAgain | DiscardPaper
DeviceResult = PageCaptured | CaptureEnded | CaptureFailed | Signed | SignatureFailed | Received | DeliveryFailed
CaseEvent = AgentOperation | CitizenAct | DeviceResult

# --- what follows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartScan:
    paper: PaperId
    settings: ScanSettings


@dataclass(frozen=True, slots=True)
class TakeStill:
    paper: PaperId


@dataclass(frozen=True, slots=True)
class StartSignature:
    declaration_digest: str


@dataclass(frozen=True, slots=True)
class StopSignature:
    """Stop capturing and clear the pad."""


@dataclass(frozen=True, slots=True)
class DestroyPages:
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Deliver:
    """Seal and hand in the form with its papers and signature, exactly as the case stands now."""


@dataclass(frozen=True, slots=True)
class HandOutCopy:
    """Print the copy and the receipt."""


CaseEffect = StartScan | TakeStill | StartSignature | StopSignature | DestroyPages | Deliver | HandOutCopy
