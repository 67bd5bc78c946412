"""Shows that something is being looked up, once it takes longer than a moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.waiting import SilenceWatch
from nixforhumanity.core.text import Message, message
from nixforhumanity.protocol.messages import ToolCall, ToolCallUpdate

_SHOWN_AFTER_SECONDS = 0.4


@asynccontextmanager
async def shown_as_looking(
    tool_call_id: str, channel: Channel, parts: Parts, what: Message | None = None
) -> AsyncIterator[None]:
    """Show it while the block goes on; what is shown is not kept."""
    told = what or message("looking")
    showing = parts.tasks.start(_show(tool_call_id, channel, parts, told), name="looking")
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.wait([showing])


async def _show(tool_call_id: str, channel: Channel, parts: Parts, what: Message) -> None:
    await asyncio.sleep(_SHOWN_AFTER_SECONDS)
    title = parts.wording.text(what)
    channel.send(
        ToolCall(tool_call_id=tool_call_id, title=title, kind="search", status="in_progress"), kept=False
    )

    def retitle(told: Message) -> None:
        renamed = ToolCallUpdate(tool_call_id=tool_call_id, title=parts.wording.text(told))
        channel.send(renamed, kept=False)

    watch = SilenceWatch(retitle)
    try:
        await asyncio.Event().wait()
    finally:
        watch.end()
        channel.send(ToolCallUpdate(tool_call_id=tool_call_id, status="completed"), kept=False)
