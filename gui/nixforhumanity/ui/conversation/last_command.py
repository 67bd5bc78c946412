"""Finds the command that a conversation showed last. Knows no Qt."""

from collections.abc import Sequence

from nixforhumanity.ui.conversation.items import Item, MessageItem, Role
from nixforhumanity.ui.conversation.markdown_pieces import COMMAND_LANGUAGES, cut_markdown


def last_command(items: Sequence[Item]) -> str:
    """Return the newest command of an answer or of a plan, one line a step; empty if there is none."""
    for item in reversed(items):
        if not isinstance(item, MessageItem):
            commands = [step.command for step in item.card.steps if step.command]
        elif item.role is Role.ASSISTANT:
            pieces = cut_markdown(item.text)
            commands = [
                one.text
                for one in pieces
                if one.code and one.language in COMMAND_LANGUAGES and one.text.strip()
            ][-1:]
        else:
            commands = []
        if commands:
            return "\n".join(commands)
    return ""
