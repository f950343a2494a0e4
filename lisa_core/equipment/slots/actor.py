"""What a person in the booth can do. An emulated actor acts on the world; on real equipment the tester is prompted."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """The citizen's body. Every method returns when the act is done, not when anything has noticed it."""

    async def enter(self) -> None:
        """Open the door, walk in, let the door fall shut behind."""
        ...

    async def sit(self) -> None: ...

    async def stand(self) -> None: ...

    async def leave(self) -> None:
        """Stand up, take all originals along, walk out; the door closes."""
        ...

    async def walk_out(self) -> None:
        """Stand up and walk out; whatever lies about stays there; the door closes."""
        ...

    async def open_door(self) -> None: ...

    async def close_door(self) -> None: ...

    async def press_call_button(self) -> None: ...

    async def speak(self, seconds: float) -> None:
        """Say something; the microphone hears a voice for that long."""
        ...

    async def show_papers(self, document: str) -> None:
        """Lay a paper under the document camera. `document` names a fixture (fixtures/documents)."""
        ...

    async def feed_papers(self, document: str) -> None:
        """Put all pages of a document into the scanner's feeder."""
        ...

    async def lay_on_glass(self, document: str) -> None:
        """Lay the first page of a document on the scanner's glass."""
        ...

    async def clear_jam(self) -> None:
        """Free the jammed sheet and put it back with those that were not drawn in yet."""
        ...

    async def lay_card(self, card: str) -> None:
        """Lay a card on the card reader: "ausweis", "speicherkarte" or "unlesbar"; it lies beside what lies there."""
        ...

    async def take_cards(self) -> None:
        """Take every card off the card reader."""
        ...

    async def take_papers(self) -> None:
        """Take all originals back."""
        ...

    async def sign(self, recording: str) -> None:
        """Write on the pad. `recording` names a stroke recording (fixtures/strokes)."""
        ...

    async def touch(self, button: str) -> None:
        """Touch a button of the screen by its id, once it is shown; waits for it, then `HarnessError`."""
        ...
