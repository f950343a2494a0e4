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
    """The agent opens an empty form."""

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
    """The agent takes this paper as complete and readable."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class DiscardPaper:
    """Either side may have a paper destroyed until it is handed in."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class CopyPaper:
    """Print this paper for the citizen and keep nothing of it: no office gets it."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class DeclarePapers:
    """Without an application: show the citizen which papers go to which office, for her to check and hand in.

    `service`: what they belong to; None while nobody knows, then the front desk takes them. `reference`: what stands
    on the office's letter (Aktenzeichen), or "".
    """

    service: ServiceId | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AskCheck:
    """Show the citizen the whole declaration to check."""


@dataclass(frozen=True, slots=True)
class AskSignature:
    """The agent asks for the signature: the pad is made ready."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """The agent hands the signed application in, or once more the papers that the citizen handed in in vain."""


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
    """The citizen has checked everything that this digest stands for (§ 36a (2b) SGB I).

    Of papers without an application it is the handing in itself.
    """

    digest: str


@dataclass(frozen=True, slots=True)
class ReopenForm:
    """Something is wrong: back to filling in."""


@dataclass(frozen=True, slots=True)
class SignAgain:
    """The citizen wants to sign anew: the former strokes are dropped."""


# --- reported by devices and the office -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageCaptured:
    """One more page of this paper lies in the vault."""

    paper: PaperId
    page: Page


@dataclass(frozen=True, slots=True)
class CaptureEnded:
    """The device has delivered all pages of this paper."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class CaptureFailed:
    """`code` is the device fault's code ("scanner.jam")."""

    paper: PaperId
    code: str


@dataclass(frozen=True, slots=True)
class Copied:
    """The printer has taken all pages of this paper."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class CopyFailed:
    """`code` is the device fault's code ("printer.paper")."""

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
    """The pad gave no signature; `code` is the device fault's code."""

    code: str


@dataclass(frozen=True, slots=True)
class Received:
    """The office has the application; this is its receipt."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """The application could not be sealed or was not accepted; `code` says why."""

    code: str


AgentOperation = (
    ChooseService
    | OpenForm
    | SetField
    | ScanPapers
    | CaptureStill
    | AcceptPaper
    | DiscardPaper
    | CopyPaper
    | DeclarePapers
    | AskCheck
    | AskSignature
    | HandIn
    | DiscardForm
)
CitizenAct = ConfirmField | ConfirmDeclaration | ReopenForm | SignAgain | DiscardPaper
DeviceResult = (
    PageCaptured
    | CaptureEnded
    | CaptureFailed
    | Copied
    | CopyFailed
    | Signed
    | SignatureFailed
    | Received
    | DeliveryFailed
)
CaseEvent = AgentOperation | CitizenAct | DeviceResult

# --- what follows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartScan:
    """Scan into this paper."""

    paper: PaperId
    settings: ScanSettings


@dataclass(frozen=True, slots=True)
class TakeStill:
    """Take a still into this paper."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print all pages of this paper, as they are."""

    paper: PaperId


@dataclass(frozen=True, slots=True)
class StartSignature:
    """Make the pad ready; the strokes will belong to this declaration."""

    declaration_digest: str


@dataclass(frozen=True, slots=True)
class StopSignature:
    """Stop capturing and clear the pad."""


@dataclass(frozen=True, slots=True)
class DestroyPages:
    """Remove these pages from the vault."""

    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Deliver:
    """Seal and hand in the form with its papers and signature, exactly as the case stands now."""


@dataclass(frozen=True, slots=True)
class HandOutCopy:
    """Print the copy and the receipt."""


CaseEffect = StartScan | TakeStill | PrintPaper | StartSignature | StopSignature | DestroyPages | Deliver | HandOutCopy
