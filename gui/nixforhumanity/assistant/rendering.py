"""Answers and sizes as text: Markdown for the wire, in the words of one language."""

import re
import shlex
from collections.abc import Sequence

from nixforhumanity.assistant.answers import Answer, Bullets, Code, Markdown, Part
from nixforhumanity.core.text import Message, Parameter
from nixforhumanity.core.wording import Wording
from nixforhumanity.protocol.cards import Suggestion

# Colons within words, `@` and `www.` are escaped because bare addresses become links by themselves.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&@]|(?<=[A-Za-z]):(?=\S)|(?<=www)\.)", re.IGNORECASE)
_NEVER_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TITLE_LENGTH = 60
_UNITS = ("byte", "kB", "MB", "GB", "TB")


def escape(text: str) -> str:
    """Return text from outside (descriptions, names, output) so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", _NEVER_SHOWN.sub("", " ".join(text.split())))


def render_parts(parts: Sequence[Part], wording: Wording, level: str) -> list[str]:
    """Return one Markdown block for each part."""
    return [_render(part, wording, level) for part in parts]


def render_answer(answer: Answer, wording: Wording, level: str) -> str:
    """Return the whole answer as Markdown."""
    return "\n\n".join(render_parts(answer.parts, wording, level))


def render_suggestions(answer: Answer, wording: Wording, level: str = "beginner") -> list[Suggestion]:
    """Return the buttons under an answer; open choices come first."""
    buttons = [
        Suggestion(label=choice.label, prompt=choice.label, answers=answer.asks) for choice in answer.choices
    ]
    buttons += [
        Suggestion(
            label=plain(item.label, wording, level), prompt=wording.text(item.prompt), answers=item.answers
        )
        for item in answer.suggestions
    ]
    return list({button.prompt: button for button in buttons}.values())


def say(message: Message, wording: Wording, level: str) -> str:
    """Return the words of a message as Markdown; what is filled in cannot become markup."""
    safe: dict[str, Parameter] = {
        name: escape(value) if isinstance(value, str) else value for name, value in message.parameters.items()
    }
    return wording.text(Message(message.id, {**safe, "level": level}))


def plain(message: Message, wording: Wording, level: str) -> str:
    """Return the words of a message for places that show plain text."""
    return wording.text(Message(message.id, {**message.parameters, "level": level}))


def size(byte_count: int) -> str:
    """Return a size as people read it: `110 MB`, powers of 1000."""
    value = float(abs(byte_count))
    unit = 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value /= 1000
        unit += 1
    if unit == 0:
        return f"{int(value)} bytes" if value != 1 else "1 byte"
    return f"{value:.1f} {_UNITS[unit]}" if value < 9.95 else f"{value:.0f} {_UNITS[unit]}"


def shortened(text: str) -> str:
    """Return text on one short line, for a title."""
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1].rstrip() + "…"


def quoted_command(arguments: Sequence[str]) -> str:
    """Return an argument list as one would type it; for reading and copying only."""
    return shlex.join(arguments)


def _render(part: Part, wording: Wording, level: str) -> str:
    match part:
        case Message():
            return say(part, wording, level)
        case Bullets(lines, numbered):
            texts = [say(line, wording, level) for line in lines]
            marks = [f"{number}. " if numbered else "- " for number in range(1, len(texts) + 1)]
            return "\n".join(mark + text for mark, text in zip(marks, texts, strict=True))
        case Code(text):
            fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
            return f"{fence}\n{text}\n{fence}"
        case Markdown(text):
            return text
