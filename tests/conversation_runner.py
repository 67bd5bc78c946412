"""Holds a conversation script against the real assistant, over a computer in memory."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from conversation_script import PLANS, Exchange, Script, fits, request_and_slots
from fake_host import FakeHost
from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.assistant.conversation import Conversation
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.rendering import plain
from nixforhumanity.assistant.situation import Outcome, Situation, Skill
from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.nix.packages import PackageFacts
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import AgentMessageChunk, NewSessionRequest, PlanUpdate, TextBlock
from nixforhumanity.understanding.model.trained_model import TrainedModel
from nixforhumanity.understanding.requests import Likelihood, Request
from talking import ALLOW, RecordingAudience, Talk, assistant_parts, second_conversation

_QUIET_TICKS = 30
"""So often nothing may happen in a row before a turn is taken to have come to rest."""
_ENDED = {
    "done": "done",
    "declined": "declined",
    "failed": "failed",
    "stopped": "failed",
    "expired": "unneeded",
}


Models = Callable[[str], TrainedModel]
"""Returns the whole model of a language."""


class LoadedModels:
    """The trained models; each is loaded when a line needs it, and waited for."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = "en"
    ) -> Sequence[Likelihood]:
        return self._models(language).likelihoods(normalised, quick=quick)

    def likelihoods_of(self, lines: Sequence[str], *, language: str = "en") -> Sequence[Sequence[Likelihood]]:
        return self._models(language).likelihoods_of(lines)

    async def ready(self, language: str) -> None:
        return None


class EveryPackage(dict[str, PackageFacts]):
    """All packages of an index, as the computer in memory wants them."""

    def __init__(self, index: PackageIndex) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, attribute: str) -> PackageFacts:
        facts = self._index.facts(attribute)
        if facts is None:
            raise KeyError(attribute)
        return facts

    def get(self, attribute: str, default: PackageFacts | None = None) -> PackageFacts | None:  # type: ignore[override]
        return self._index.facts(attribute) or default


@dataclass
class Heard:
    """What came of one exchange."""

    plans: list[str] = field(default_factory=list)
    """Lines as in a script: `plan: install_package package=vlc`."""
    answered: list[Request] = field(default_factory=list)
    text: str = ""
    offered: list[str] = field(default_factory=list)


class ScriptedTalk:
    """One conversation that follows a script."""

    def __init__(
        self, talk: Talk, host: FakeHost, asked: dict[str, Request], answered: list[Request]
    ) -> None:
        self._talk = talk
        self._host = host
        self._asked = asked
        self._answered = answered
        self._states: dict[str, str] = {}

    async def say(self, exchange: Exchange) -> Heard:
        """Say it, and wait until everything has ended or waits for the person."""
        if exchange.elsewhere:
            other = await second_conversation(self._talk)
            other.audience.always = ALLOW
            await other.say(exchange.elsewhere)
        if exchange.breaks:
            self._host.fail_next(exchange.breaks)
        self._answered.clear()
        before = len(self._talk.audience.updates)
        turn = self._talk.begin(exchange.said)
        await self._rest()
        if turn.done():
            turn.result()
        return self._heard(before)

    async def _rest(self) -> None:
        quiet, seen = 0, -1
        async with asyncio.timeout(10):
            while quiet < _QUIET_TICKS:
                await asyncio.sleep(0)
                now = len(self._talk.audience.updates)
                quiet = quiet + 1 if now == seen and not self._conversation.at_work else 0
                seen = now

    @property
    def _conversation(self) -> Conversation:
        return self._talk.assistant._open[self._talk.session_id]

    def _heard(self, before: int) -> Heard:
        audience = self._talk.audience
        heard = Heard(answered=list(self._answered))
        texts: dict[str | None, str] = {}
        for update in audience.updates[before:]:
            if isinstance(update, PlanUpdate) and (card := cards.plan_in(update.meta)) is not None:
                self._note(card, heard)
            elif isinstance(update, AgentMessageChunk) and isinstance(update.content, TextBlock):
                if (update.meta or {}).get(cards.MESSAGE_KIND) != cards.RESULT:
                    texts[update.message_id] = texts.get(update.message_id, "") + update.content.text
                if cards.SUGGESTIONS in (update.meta or {}):
                    heard.offered = [one["prompt"] for one in (update.meta or {})[cards.SUGGESTIONS]]
        heard.text = "\n".join(texts.values())
        return heard

    def _note(self, card: cards.PlanCard, heard: Heard) -> None:
        known = self._states.get(card.plan_id)
        request = as_line(self._asked[card.title])
        if known is None:
            heard.plans.append(f"plan: {request}")
            known = "waiting"
        if card.state != known and card.state in _ENDED:
            kind = "aside" if card.state_text.startswith("Set aside") else _ENDED[card.state]
            heard.plans.append(f"{kind}: {request}")
        self._states[card.plan_id] = card.state


def as_line(request: Request) -> str:
    """Return a request as a script says it."""
    return " ".join(
        [request.name, *(f"{name}={_value(value)}" for name, value in sorted(request.slots.items()))]
    )


def _value(value: object) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace(" ", "_")


async def run_script(script: Script, folder: Path, finder: PackageIndex, models: Models) -> list[str]:
    """Hold the conversation; return what was otherwise than the script says, one line each."""
    host = FakeHost(packages=EveryPackage(finder))
    parts = assistant_parts(folder, host, finder)
    asked: dict[str, Request] = {}
    answered: list[Request] = []
    wording = Wording()
    skills = {name: _listening(skill, asked, answered, wording) for name, skill in parts.skills.items()}
    language = script.path.parent.name
    parts = replace(parts, model=LoadedModels(models), skills=skills, spoken=language)
    assistant = Assistant(parts, level=script.level, language=language)
    await assistant.start()
    try:
        audience = RecordingAudience()
        session = await assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
        talk = Talk(assistant, parts, session.session_id, audience)
        if script.has:
            other = await second_conversation(talk)
            other.audience.always = ALLOW
            for attribute in script.has:
                await other.say(f"install {attribute}")
        scripted = ScriptedTalk(talk, host, asked, answered)
        wrong: list[str] = []
        for exchange in script.exchanges:
            heard = await scripted.say(exchange)
            installed = [one.attribute for one in host.contents()]
            wrong += [
                f"{script.path.name}:{exchange.line}: “{exchange.said}”: {one}"
                for one in otherwise(exchange, heard, installed, audience)
            ]
            if wrong:  # what comes after it depends on it
                break
        return wrong
    finally:
        assistant.cancel(talk.session_id)
        await assistant.stop(1)


def _listening(skill: Skill, asked: dict[str, Request], answered: list[Request], wording: Wording) -> Skill:
    """Return a skill that tells what it was asked for."""

    async def listening(request: Request, situation: Situation) -> Outcome:
        outcome = await skill(request, situation)
        items = [outcome] if not isinstance(outcome, Sequence) else outcome
        drafts = [item for item in items if isinstance(item, PlanDraft)]
        for draft in drafts:
            asked[plain(draft.title, wording, situation.level)] = request
        if not drafts:
            answered.append(request)
        return outcome

    return listening


def otherwise(
    exchange: Exchange, heard: Heard, installed: Sequence[str], audience: RecordingAudience
) -> list[str]:
    """Return what an exchange led to that it should not have, or did not lead to."""
    wrong = []
    plans = [f"{one.kind}: {_sorted(one.text)}" for one in exchange.expected if one.kind in PLANS]
    if sorted(plans) != sorted(heard.plans):
        wrong.append(
            f"expected {plans or 'no plan'}, got {heard.plans or 'no plan'}; said: {heard.text[:300]!r}"
        )
    answers = [_sorted(text) for text in exchange.of_kind("answer")]
    got = [as_line(one) for one in heard.answered]
    if answers and answers != got:
        wrong.append(f"expected the answer to {answers}, got {got}; said: {heard.text[:300]!r}")
    for kind in ("says", "asks"):
        wrong += [
            f"{kind} not {text!r} but {heard.text!r}"
            for text in exchange.of_kind(kind)
            if not fits(text, heard.text)
        ]
    acted = heard.answered or any(one.startswith("plan:") for one in heard.plans)
    if exchange.of_kind("asks") and acted:
        wrong.append(f"did not only ask back: {heard.plans} {[as_line(one) for one in heard.answered]}")
    if exchange.of_kind("silent") and heard.text:
        wrong.append(f"was not silent: {heard.text!r}")
    wrong += [
        f"the card says {audience.card.title!r}"
        for text in exchange.of_kind("titled")
        if not fits(text, audience.card.title)
    ]
    for text in exchange.of_kind("offers"):
        missing = [one for one in text.split(", ") if one.casefold() not in map(str.casefold, heard.offered)]
        wrong += [f"does not offer {missing}, but {heard.offered}"] if missing else []
    for text in exchange.of_kind("installed"):
        if sorted(text.split()) != sorted(installed):
            wrong.append(f"installed is {list(installed)}")
    return wrong


def _sorted(text: str) -> str:
    name, slots = request_and_slots(text)
    return " ".join([name, *(f"{key}={value}" for key, value in sorted(slots.items()))])
