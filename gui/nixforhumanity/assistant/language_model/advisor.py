"""Where a conversation meets the language model: it proposes and explains, and the person decides."""

from dataclasses import replace
from uuid import uuid4

from nixforhumanity.assistant.answers import Answer, Code, Part, reply, suggested
from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.language_model.explaining import (
    EXPLAIN,
    paragraphs,
    question_to_explain,
)
from nixforhumanity.assistant.language_model.port import LanguageModel, ModelUse
from nixforhumanity.assistant.language_model.reading import (
    LONGEST_SENTENCE,
    checked,
    chosen_request,
    question_about,
)
from nixforhumanity.assistant.language_model.readings import in_words
from nixforhumanity.assistant.language_model.secret_texts import looks_like_a_secret
from nixforhumanity.assistant.looking import shown_as_looking
from nixforhumanity.assistant.parts import Parts
from nixforhumanity.assistant.situation import Outcome
from nixforhumanity.assistant.skills.errors import shortened
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message
from nixforhumanity.understanding.normalise import clean, normalise
from nixforhumanity.understanding.requests import Choice, Request, Understanding

_AROUND = 200
"""Characters that are looked at beside those that are sent."""


class Advisor:
    """The language model of one conversation. Its answers are only ever something to choose, or a text."""

    EXPLAIN = EXPLAIN

    def __init__(self, parts: Parts, channel: Channel) -> None:
        self._parts = parts
        self._channel = channel
        self._usual: Answer | None = None
        """What would have been said without the reading that was proposed last."""

    def usual_after(self, understood: Understanding) -> Answer | None:
        """Return what is said to a "no" to the last reading; anything else that is said forgets it."""
        usual, self._usual = self._usual, None
        says_no = [request.name for request in understood.requests] == ["deny"]
        return usual if says_no and self._channel.newest_question is None else None

    async def answer_to(self, text: str, usual: Answer, level: str) -> Answer:
        """Return what is said to words that are not clear: a reading to choose, or what is `usual`."""
        model, use = self._switched_on()
        sentence = clean(text)  # without what cannot be seen: all that is sent is shown
        if model is None or use is None or "\n" in text.strip() or text.lstrip().startswith("/"):
            return usual
        if not sentence or len(sentence) > LONGEST_SENTENCE:
            return usual
        if looks_like_a_secret(sentence):
            return _with_note(usual, message("model-secret"))
        await self._tell(message("model-is-asked", place=self._place(use), text=sentence), level=level)
        question = question_about(sentence, self._parts.skills)
        try:
            async with shown_as_looking(
                f"model-{uuid4().hex[:8]}", self._channel, self._parts, message("model-looking")
            ):
                content = await model.answer(question)
        except UserError as error:
            return _with_note(usual, error.message)
        chosen = chosen_request(content, self._parts.skills)
        request = checked(chosen, self._parts.finder) if chosen is not None else None
        if request is None:
            return _with_note(usual, message("model-no-reading"))
        self._usual = usual
        words = self._parts.wording.text(in_words(request.name, request.slots))
        sent = (message("model-sent-heading"), Code(question.instructions), Code(question.text))
        return Answer(
            (message("model-read-as", words=words),),
            (reply("not-meant"),),
            (Choice(words, request, (normalise(words),)),),
            asks=True,
            more=sent,
        )

    def with_explaining(self, request: Request, outcome: Outcome) -> Outcome:
        """Return the answer to a pasted error with a button that asks the model to explain it."""
        if (
            request.name != "diagnose_error"
            or not isinstance(outcome, Answer)
            or self._switched_on()[1] is None
        ):
            return outcome
        label = self._parts.wording.text(message("model-explain-label"))
        explain = Request(EXPLAIN, {"text": str(request.slots["error_text"])})
        return replace(outcome, choices=(*outcome.choices, Choice(label, explain, (normalise(label),))))

    async def explanation(self, request: Request, level: str) -> Answer:
        """Return what the model says about a text, marked as its words."""
        model, use = self._switched_on()
        whole = str(request.slots["text"])
        if model is None or use is None:
            return Answer((message("model-not-on"),), (suggested("help"),))
        # What goes out, and what stands around it: "password:" may be left out, and the password not.
        if looks_like_a_secret(shortened(whole, around=_AROUND)):
            return Answer((message("model-secret"),), (suggested("help"),))
        text = shortened(whole)
        told = message("model-is-asked-to-explain", place=self._place(use))
        await self._tell(told, Code(text), level=level)
        try:
            found = paragraphs(await model.answer(question_to_explain(text)))
        except UserError as error:
            return Answer((error.message,), (suggested("help"),), kind="error")
        if not found:
            return Answer((message("model-explains-nothing"),), (suggested("help"),))
        lines = tuple(message("model-explains-line", text=one) for one in found)
        return Answer((message("model-explains"), *lines), (suggested("help"),))

    def _switched_on(self) -> tuple[LanguageModel | None, ModelUse | None]:
        model = self._parts.language_model
        return model, model.in_use() if model is not None else None

    def _place(self, use: ModelUse) -> str:
        here = message("model-place-here", model=use.model)
        there = message("model-place-elsewhere", model=use.model, host=use.place)
        return self._parts.wording.text(here if use.on_this_computer else there)

    async def _tell(self, *parts: Part, level: str) -> None:
        """Say who gets what, before it is sent."""
        await self._channel.say(Answer(parts, kind="notice"), level)


def _with_note(usual: Answer, note: Message) -> Answer:
    return replace(usual, parts=(note, *usual.parts))
