"""Sends the progress and output of a running step to the clients."""

from collections.abc import Sequence

import msgspec

from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.rendering import size
from nixforhumanity.assistant.waiting import SilenceWatch
from nixforhumanity.core.text import Message
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import ToolCallUpdate


class StepObserver:
    """The RunObserver of one step; what it sends is not kept."""

    def __init__(self, tool_call_id: str, channel: Channel, wording: Wording) -> None:
        self.tool_call_id = tool_call_id
        self._channel = channel
        self._wording = wording
        self._silence: SilenceWatch | None = None

    def watch_silence(self) -> None:
        """Tell what is waited for until the first news come; `end` must follow."""
        self._silence = SilenceWatch(self._waits)

    def end(self) -> None:
        """The step has ended, or has something to tell itself."""
        if self._silence is not None:
            self._silence.end()
            self._silence = None

    def _waits(self, told: Message) -> None:
        progress = cards.Progress(done=0, expected=0, unit="steps", text=self._wording.text(told))
        self._send({cards.PROGRESS: cards.to_meta(progress)})

    def progressed(self, progress: cards.Progress) -> None:
        """See RunObserver."""
        self.end()
        told = msgspec.structs.replace(progress, text=progress_text(progress, self._wording))
        self._send({cards.PROGRESS: cards.to_meta(told)})

    def printed(self, lines: Sequence[str]) -> None:
        """See RunObserver."""
        self.end()
        self._send({cards.OUTPUT: list(lines)})

    def _send(self, meta: dict[str, object]) -> None:
        self._channel.send(ToolCallUpdate(tool_call_id=self.tool_call_id, meta=meta), kept=False)


def progress_text(progress: cards.Progress, wording: Wording) -> str:
    """Return one sentence on how far it is: `Downloading: 12 MB of 110 MB`."""
    phase = wording.text(f"nix-phase-{progress.phase}") if progress.phase else ""
    if not progress.expected:
        return phase
    if progress.unit == "bytes":
        return wording.text(
            "progress-counted", phase=phase, done=size(progress.done), expected=size(progress.expected)
        )
    return wording.text(
        "progress-counted", phase=phase, done=str(progress.done), expected=str(progress.expected)
    )
