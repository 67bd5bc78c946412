"""The pipeline: one utterance, with what the dialogue expects, becomes an understanding."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.answer_words import asks, says_no, says_yes
from nixforhumanity.understanding.answer_words_of_languages import answer_words
from nixforhumanity.understanding.apart import Apart
from nixforhumanity.understanding.by_model import OUT_OF_SCOPE, ModelStage, read_by_model
from nixforhumanity.understanding.choices import picked_choice, without_second_thoughts
from nixforhumanity.understanding.comparisons import compared
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.follow_up_words import follow_up_words
from nixforhumanity.understanding.follow_ups import FollowUps
from nixforhumanity.understanding.grammar import Grammar, grammar
from nixforhumanity.understanding.invisible import visible
from nixforhumanity.understanding.languages import spoken_language
from nixforhumanity.understanding.nearest import nearest_requests
from nixforhumanity.understanding.normalise import clean, normalise, without_politeness
from nixforhumanity.understanding.other_languages import OtherLanguage
from nixforhumanity.understanding.pasted_errors import is_pasted_error
from nixforhumanity.understanding.requests import (
    Choice,
    Context,
    Decision,
    NameIndex,
    PurposeIndex,
    Request,
    RequestModel,
    Understanding,
)
from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.shell_code import is_shell_code
from nixforhumanity.understanding.slash_commands import slash_match
from nixforhumanity.understanding.slots import (
    CERTAIN,
    FilledSlots,
    fill_slots,
    means_something_else,
    resolve_name,
)
from nixforhumanity.understanding.templates import TemplateMatch
from nixforhumanity.understanding.typed_commands import TypedCommand, typed_command
from nixforhumanity.understanding.unknown_names import OWN, asked_about, worth_asking
from nixforhumanity.understanding.which_one import which_program

_SPLIT = re.compile(r"\s*(?:;|&&|, and then|,? then|,? and then|,? and also|,? and|,)\s+")
_NEGATION = re.compile(r"(?:please )?(?:do not|never(?! mind\b)|not) \w+")
_BUT = re.compile(r"\s*(?:;|,? but|,? and|,)\s+")
_NEVER_MIND = re.compile(r"never ?mind|forget (?:about )?it")
_LOOKED_AT = 40_000
"""Letters of a text that are looked at, whatever is to be seen of them; an error may be half as long."""
_MAXIMUM_PARTS = 4
_ANSWER_WORDS = 5
_PLAIN_VERB = re.compile(r"\b(?:install|uninstall|remove|try|run|shell)\b")
_A_WAY = re.compile(r"\b(?:to|how|program|app|software|tool)\b")
ENGLISH = "en"


class Understander:
    """Understands lines of all languages over one index of names. Keeps no state from line to line."""

    def __init__(
        self,
        index: NameIndex,
        language: str = ENGLISH,
        *,
        purposes: PurposeIndex | None = None,
        model: RequestModel | None = None,
    ) -> None:
        """`language`: the one that is expected of a line that does not show its language.

        `purposes`: what programs are known to be for; without it, any purpose is taken for one.

        `model`: knows words that no sentence foresaw; without it, or while it loads, the sentences are all.
        """
        self._index = index
        self._purposes = purposes
        self._model = model
        self._expected = language
        self._grammar: Grammar = grammar(ENGLISH)
        self._follow_ups = FollowUps(index, ENGLISH, self._is_request)
        self._mixed_in = sentences(ENGLISH).words
        self._others: dict[str, OtherLanguage] = {}

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """Return what the text means; any text at all gives an answer in bounded time."""
        context = context or Context()
        if (shown := visible(text[:_LOOKED_AT])) != text:
            return replace(self.understand(shown, context), text=text)
        understood = self._read(text, context)
        if asks(text) and "confirm" in [request.name for request in understood.requests]:
            return self._act(text, (Request("explain_last"),))  # "ok?" asks, whatever it is made of
        return understood

    def _read(self, text: str, context: Context) -> Understanding:
        language = self.language_of(text, context.language)
        if context.waiting is not None and self._allows(text, language, context):
            return self._act(text, (Request("confirm"),))
        if language != ENGLISH and (said := self._other(language).understand(text, context)) is not None:
            return said
        normalised = normalise(text, self._mixed_in)
        if (picked := self._picked(text, context)) is not None:
            return self._follow_ups.picked(text, normalised, picked, context)
        if (both := compared(text, normalised, self._index, ENGLISH, self._is_request)) is not None:
            return both
        if (completed := self._completed(text, context)) is not None:
            return self._act(text, (completed,))
        if (follow_up := self._follow_ups.understand(text, normalised, context)) is not None:
            return follow_up
        if (restated := self._restated(text, normalised, context)) is not None:
            return restated
        named = self._follow_ups.with_places_named(text, normalised, context)
        if named == text and (which := self._which_one(text, normalised, context)) is not None:
            return which
        understood = replace(self._understood(named, context), text=text)
        return self._follow_ups.with_pronoun(understood, normalised, context)

    def _allows(self, text: str, language: str, context: Context) -> bool:
        """Tell whether a line is plainly a yes, in its own language or in one that is spoken here."""
        spoken = {language, self._expected, context.language}
        known = [words for one in spoken if (words := answer_words(one)) is not None]
        says = says_yes(normalise(text, self._mixed_in))
        says = says or any(words.says_yes(normalise(text, language="")) for words in known)
        return says and not asks(text)

    def _which_one(self, text: str, normalised: str, context: Context) -> Understanding | None:
        def read(line: str) -> Understanding:
            return self._by_sentences(line, Context())

        return which_program(text, normalised, follow_up_words(ENGLISH), context, read)

    def _restated(self, text: str, normalised: str, context: Context) -> Understanding | None:
        """Understand "no, I meant remove vlc": another request altogether in place of the one that waits."""
        if context.waiting is None:
            return None
        for rest in self._follow_ups.restatements(normalised):
            understood = self._understood(rest, context)
            first = catalogue().get(understood.requests[0].name)
            acts = understood.decision is Decision.ACT and first is not None
            if acts and first is not None and first.effect is not Effect.DIALOGUE:
                return replace(understood, text=text, corrects=True)
        return None

    def language_of(self, text: str, before: str = "") -> str:
        """Return the language of a line; `before`: that of the line before it."""
        if visible(text[:_LOOKED_AT]).startswith("/"):
            return ENGLISH
        if self._expected == ENGLISH and (says_yes(bare := normalise(text)) or says_no(bare)):
            return ENGLISH  # "y" is a word of Spanish too
        return spoken_language(normalise(text, language=""), self._expected, before)

    def _other(self, language: str) -> OtherLanguage:
        if language not in self._others:
            self._others[language] = OtherLanguage(
                language, self._index, self._model, self._by_command, self._purposes
            )
        return self._others[language]

    def _by_command(self, text: str, context: Context) -> Understanding | None:
        """Return what a pasted error or a typed command asks for; None for words."""
        if is_pasted_error(text):
            return self._act(text, (Request("diagnose_error", {"error_text": text[:20_000]}),))
        if not normalise(text):
            return self._decline(text)
        if (command := typed_command(clean(text))) is not None:
            return self._typed(text, command, context)
        return None

    def _is_request(self, words: str) -> bool:
        """Tell whether these very words are foreseen as a whole request, without any name."""
        return any(not match.words for match in self._grammar.matches(words))

    def apart(self, text: str) -> Apart:
        """Return what the steps make of a line that stands alone, each for itself: to look into."""
        text = visible(text[:_LOOKED_AT])
        if (language := self.language_of(text)) != ENGLISH:
            other = self._other(language)
            if (whole := other.understand(text, Context())) is not None:
                stage = other.stage(text)
                return Apart(normalise(text, language=language), whole, stage, self._index, language)
        foreseen, stage = self._by_sentences(text, Context()), self._model_stage(text)
        return Apart(normalise(text, self._mixed_in), foreseen, stage, self._index, ENGLISH)

    def _understood(self, text: str, context: Context) -> Understanding:
        """Return what a line means that is no answer and no follow-up."""
        foreseen = self._by_sentences(text, context)
        stage = self._model_stage(text)
        if stage is None:
            return foreseen
        request = foreseen.requests[0].name
        if foreseen.decision is Decision.ACT:
            single = len(foreseen.requests) == 1 and not foreseen.foreign_tool
            single = single and "area" not in foreseen.requests[0].slots  # the model knows no areas of help
            # What only the talk tells, no model can know: what "it" is, and that a no answers a plan.
            meant = self._follow_ups.names_the_last(foreseen.requests[0], normalise(text), context)
            answers = request == "deny" and context.waiting is not None
            if single and not (meant or answers) and stage.overrules(request):
                return stage.understanding(text)
            others = (one.request for one in stage.likely)
            return replace(foreseen, alternatives=tuple(dict.fromkeys((*foreseen.alternatives, *others)))[:5])
        by_model = stage.understanding(text)
        if foreseen.decision is Decision.ASK and by_model.requests[0].name in (request, OUT_OF_SCOPE):
            return foreseen
        return by_model

    def _picked(self, text: str, context: Context) -> Choice | None:
        """Return the open choice that the words pick."""
        normalised = normalise(text, self._mixed_in)
        ways = dict.fromkeys((normalised, without_politeness(normalised)))
        found = (picked_choice(words, context.choices, context.taken) for words in ways)
        return next((choice for choice in found if choice is not None), None)

    def _completed(self, text: str, context: Context) -> Request | None:
        """Return the request that lacked a slot, when these words are hardly more than the slot."""
        wanted, slot = context.wanted, context.wanted_slot
        if wanted is None or len(text.split()) > _ANSWER_WORDS:
            return None
        found = extract(wanted.name, text, self._index).values
        normalised = normalise(text)
        place = follow_up_words(ENGLISH).place_at_end(normalised)  # "the first one" is no program's name
        if slot not in found or says_no(normalised) or place is not None:
            return None
        return Request(wanted.name, {**wanted.slots, slot: found[slot]})

    def _model_stage(self, text: str) -> ModelStage | None:
        """Return the trained stage, unless the words are a slash command, an error, shell code, or none."""
        normalised = normalise(text)
        if self._model is None or not normalised or normalised.startswith("/"):
            return None
        if is_pasted_error(text) or is_shell_code(text):
            return None
        return read_by_model(normalised, self._model, self._index)

    def _by_sentences(self, text: str, context: Context) -> Understanding:
        """Return what the text means by typed commands and by the sentences that were foreseen."""
        if (command := self._by_command(text, context)) is not None:
            return command
        normalised = normalise(text, self._mixed_in)
        bare = without_politeness(normalised)
        whole = self._one(text, normalised, bare, context)
        if whole.decision is Decision.ACT:
            return whole
        if self._takes_a_yes_back(bare, context):
            return self._act(text, (Request("deny"),))
        others = [self._parts, self._on_second_thoughts]
        if normalised.startswith("oh no"):  # regret, not an answer to what was asked
            others.reverse()
        return next((found for other in others if (found := other(text, bare, context))), whole)

    def _on_second_thoughts(self, text: str, bare: str, context: Context) -> Understanding | None:
        """Understand what comes after "no wait, I changed my mind"; a yes after it is none."""
        rest = without_second_thoughts(bare)
        if rest in ("", bare):
            return None
        understood = self._one(text, rest, without_politeness(rest), context)
        acts = understood.decision is Decision.ACT and understood.requests[0].name not in ("confirm", "deny")
        return understood if acts else None

    def _typed(self, text: str, command: TypedCommand, context: Context) -> Understanding:
        """Return what a typed command asks for; as a whole, or not at all."""
        filled = [(one, fill_slots(one, self._index, context, ENGLISH)) for one in command.matches]
        unclear = [pair for pair in filled if not pair[1].certain]
        if any(slots.impossible for _, slots in filled):
            return self._decline(text)
        if unclear:
            match, slots = unclear[0]
            return asked_about(text, match.request, slots)
        act = self._act(text, tuple(Request(match.request, slots.values) for match, slots in filled))
        return replace(act, foreign_tool=command.tool) if command.foreign else act

    def _decline(self, text: str) -> Understanding:
        near = nearest_requests(normalise(text, self._mixed_in), ENGLISH)
        return Understanding(text, (Request("out_of_scope"),), Decision.DECLINE, alternatives=near)

    def _one(self, text: str, normalised: str, bare: str, context: Context) -> Understanding:
        by_sentence, candidates = self._by_sentence(text, normalised, bare, context)
        if by_sentence is not None:
            return by_sentence
        if (name := self._name_alone(bare, context)) is not None:
            return self._act(text, (Request("package_info", {"package": name}),))
        plain = _PLAIN_VERB.search(bare) is not None
        asked = [pair for pair in candidates if not pair[1].certain and worth_asking(*pair, plain=plain)]
        if asked:
            match, slots = asked[0]
            return asked_about(text, match.request, slots)
        return self._decline(text)

    def _by_sentence(
        self, text: str, normalised: str, bare: str, context: Context
    ) -> tuple[Understanding | None, list[tuple[TemplateMatch, FilledSlots]]]:
        """Return what a sentence that names the request means, and what else it may have meant."""
        candidates: list[tuple[TemplateMatch, FilledSlots]] = []
        for words in dict.fromkeys((normalised, bare)):
            slash = slash_match(words)
            matches = [slash] if slash is not None else self._grammar.matches(words)
            filled = [(match, fill_slots(match, self._index, context, ENGLISH)) for match in matches]
            filled = [(match, _of_the_last_program(match, slots, context)) for match, slots in filled]
            found = [
                pair for pair in filled if not pair[1].impossible and not means_something_else(pair[0], bare)
            ]
            candidates += found
            certain = [pair for pair in found if pair[1].certain and "aim" not in pair[0].words]
            if certain:
                names = tuple(dict.fromkeys(match.request for match, _ in certain))[:5]
                match, slots = certain[0]
                act = self._act(text, (Request(match.request, slots.values),))
                return replace(act, alternatives=names), candidates
        if says_no(bare) or _NEGATION.match(bare):
            return self._act(text, (Request("deny"),)), candidates
        if (says_yes(bare) or says_yes(normalised)) and not asks(text):
            return self._act(text, (Request("confirm"),)), candidates
        # "I want to ..." may go on with anything: it is meant for us when there are programs for it.
        for match, slots in candidates:
            if "aim" in match.words and self._is_a_purpose(match.words["aim"], normalised):
                return self._act(text, (Request(match.request, slots.values),)), candidates
        return None, candidates

    def _is_a_purpose(self, words: str, text: str) -> bool:
        # "find my keys" asks for the thing itself, "I want to read my letters" for a way to it.
        if OWN.match(words) and not _A_WAY.search(text):
            return False
        return self._purposes is None or bool(self._purposes.suggest(words, 1))

    def _name_alone(self, bare: str, context: Context) -> str | None:
        """Return the program when the words are nothing but its name."""
        found = resolve_name(bare, self._index, context)
        certain = bool(found) and found[0].score >= CERTAIN and len(bare.split()) <= 3
        return found[0].attribute if certain else None

    def _takes_a_yes_back(self, bare: str, context: Context) -> bool:
        """Tell whether a sentence says both yes and no: the no counts."""
        parts = [part for part in _BUT.split(bare) if part]
        if not 2 <= len(parts) <= _MAXIMUM_PARTS:
            return False
        said = {self._one(part, part, without_politeness(part), context).requests[0].name for part in parts}
        return {"confirm", "deny"} <= said

    def _parts(self, text: str, bare: str, context: Context) -> Understanding | None:
        """Understand several requests in one sentence; None unless each part is one."""
        parts = [part for part in _SPLIT.split(bare) if part]
        if not 2 <= len(parts) <= _MAXIMUM_PARTS:
            return None
        requests: list[Request] = []
        about: Request | None = None
        for part in parts:
            plain = without_politeness(part)
            if not requests and (name := self._name_alone(plain, context)) is not None:
                about = Request("package_info", {"package": name})
            request = self._listed(plain, requests, context)
            if request is None:
                understood = self._one(part, part, plain, context)
                request = understood.requests[0]
                if understood.decision is not Decision.ACT:
                    return None
            if request.name == "cancel" and _NEVER_MIND.fullmatch(plain):
                request = Request("deny")
            if isinstance(package := request.slots.get("package"), str):
                context = replace(context, last_package=package)
            if request.name != "deny" or request not in requests:  # "no, not that one" is one no
                requests.append(request)
        if len(requests) == 2 and requests[0] == about and _speaks_of_it(requests[1], about):
            requests = requests[1:]  # "libreoffice, open it" asks for one thing
        return self._act(text, tuple(requests))

    def _listed(self, plain: str, requests: Sequence[Request], context: Context) -> Request | None:
        """Return the request for a bare name that continues a list: it takes the verb before it.

        "Install vlc, hello and jq" greets nobody; "remove hello and what is vlc" asks about vlc.
        """
        if not requests or "package" not in requests[-1].slots:
            return None
        name = self._name_alone(plain, context)
        return None if name is None else Request(requests[-1].name, {**requests[-1].slots, "package": name})

    def _act(self, text: str, requests: tuple[Request, ...]) -> Understanding:
        names = tuple(dict.fromkeys(request.name for request in requests))
        return Understanding(text, requests, Decision.ACT, alternatives=names)


def _of_the_last_program(match: TemplateMatch, slots: FilledSlots, context: Context) -> FilledSlots:
    """Take "does it cost money?" as about the program that was spoken of last, or that a plan waits for."""
    if match.request != "package_licence" or "package" in match.words or context.last_package is None:
        return slots
    return replace(slots, values={"package": context.last_package})


def _speaks_of_it(request: Request, about: Request) -> bool:
    return request.slots.get("package") == about.slots["package"]
