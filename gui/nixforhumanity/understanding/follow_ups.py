"""Words that mean something only after others: "again", "and vlc too", "no, I meant chromium", "neither"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nixforhumanity.understanding.answer_words import are_answer_words, says_no
from nixforhumanity.understanding.changed_requests import (
    OWN_WORDS,
    act,
    ask,
    completed,
    slot_of,
    takes_any_words,
    undo,
    with_value,
)
from nixforhumanity.understanding.choices import picked_choice, without_second_thoughts
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.follow_up_words import LAST, FollowUpWords, follow_up_words
from nixforhumanity.understanding.normalise import without_politeness
from nixforhumanity.understanding.requests import (
    Choice,
    Context,
    Decision,
    NameIndex,
    NameMatch,
    Request,
    SlotValue,
    Understanding,
)
from nixforhumanity.understanding.slots import CERTAIN, everyday_word, named_concept, resolve_name

_MOST_WORDS = 14
"""A longer line stands for itself."""
_MOST_WORDS_AROUND_A_PLACE = 8
_MOST_LETTERS = 44
"""The same where words are not told apart by spaces."""
_MOST_AT_ONCE = 4
_SEVERAL = {"both": 2, "three": 3, "all": None}
"""How many are meant by the words of a kind; None: however many there are."""
_LONGEST_NAME = 4
_SENTENCE_END = re.compile(r"(?<=[^\W_])[.;:] ")
_IT = "it"
"""What asking back takes for a word that stands for no known program, in all languages."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What some words stand for as the slot of a request."""

    value: SlotValue | None = None
    request: Request | None = None
    """When the words pick something that was offered: all of it."""
    guesses: tuple[NameMatch, ...] = ()


class FollowUps:
    """Reads the follow-ups of one language over one index of names. Keeps no state."""

    def __init__(self, index: NameIndex, language: str, is_request: Callable[[str], bool]) -> None:
        """`is_request`: tells whether words are a request by themselves, as "undo" is: no name, then."""
        self._index = index
        self._language = language
        self._is_request = is_request
        self._words: FollowUpWords = follow_up_words(language)

    def understand(self, text: str, normalised: str, context: Context) -> Understanding | None:
        """Return what a normalised line means after what was said before; None when it stands for itself."""
        line = _SENTENCE_END.sub(", ", normalised).strip(" ,")
        if not line or self._is_long(line):
            return None
        ways = tuple(dict.fromkeys((line, without_politeness(line))))
        for read in (
            self._place_of_nothing, self._undone, self._neither, self._several, self._both_after_all,
            self._other, self._again, self._corrected, self._also,
        ):  # fmt: skip
            tried = ways[:1] if read == self._again else ways  # "hello again" greets
            found = [one for way in tried if (one := read(text, way, context)) is not None]
            if found:
                return next((one for one in found if one.decision is Decision.ACT), found[0])
        return None

    def _is_long(self, line: str) -> bool:
        if self._words.unspaced and not line.isascii():
            return len(line) > _MOST_LETTERS
        return len(line.split()) > _MOST_WORDS

    def pick(self, normalised: str, choices: Sequence[Choice], taken: int | None) -> Choice | None:
        """Return the choice that words pick by number, place, label or name, also with a wish around it."""
        if not choices:
            return None
        wished = [reading["name"] for reading in self._words.readings("wished", normalised)]
        for words in dict.fromkeys((normalised, *wished)):
            if (choice := picked_choice(words, choices, taken)) is not None:
                return choice
            if (place := self._words.place_of(words)) and (choice := self._at(place, choices)) is not None:
                return choice
        return None

    def picked(self, text: str, normalised: str, choice: Choice, context: Context) -> Understanding:
        """Return what picking a choice asks for; "no, the other one" takes back what was picked before."""
        if context.taken is None or without_second_thoughts(normalised) == normalised:
            return act(text, (choice.request,))
        return self._now(text, choice.request, context)

    def with_places_named(self, text: str, normalised: str, context: Context) -> str:
        """Return "what is the second one" with the name of what was offered there; else the text itself."""
        found = self._words.place_at_end(normalised)
        if found is None or found[0] == 0 or len(normalised.split()) > _MOST_WORDS_AROUND_A_PLACE:
            return text
        begin, place = found
        choice = self._at(place, context.choices)
        package = choice.request.slots.get("package") if choice is not None else None
        if (
            not context.choices
            and self._words.places[place] == LAST
            and self._words.ends_with_count(normalised)
        ):
            package = context.last_package
        return text if package is None else f"{normalised[:begin]}{package}"

    def restatements(self, normalised: str) -> list[str]:
        """Return what comes after "no, I meant", where that may be a request of its own."""
        line = _SENTENCE_END.sub(", ", normalised).strip(" ,")
        found = [reading["name"] for reading in self._words.readings("restated", line)]
        return [rest for rest in dict.fromkeys(found) if " " in rest]

    def names_the_last(self, request: Request, normalised: str, context: Context) -> bool:
        """Tell whether a pronoun of the line stands for the program of a request: no model can know that."""
        package = request.slots.get("package")
        return package is not None and package == context.last_package and self._has_pronoun(normalised)

    def _has_pronoun(self, normalised: str) -> bool:
        words = f" {re.sub(r'[,.]', ' ', normalised)} "
        return any(f" {pronoun} " in words for pronoun in self._words.pronouns)

    def with_pronoun(self, understood: Understanding, normalised: str, context: Context) -> Understanding:
        """Complete a request that lacks only its program when a pronoun stands for it."""
        lacks = understood.decision is Decision.ASK and understood.missing == ("package",)
        if not lacks or understood.unknown_name or context.last_package is None:
            return understood
        if not self._has_pronoun(normalised):
            return understood
        requests = [completed(request, context.last_package) for request in understood.requests]
        return replace(understood, requests=tuple(requests), decision=Decision.ACT, choices=(), missing=())

    # --- each kind --------------------------------------------------------------------------------

    def _place_of_nothing(self, text: str, line: str, context: Context) -> Understanding | None:
        """Ask what is meant by "the first" where nothing is open: it is no program's name."""
        match = self._words.ordinal.fullmatch(line)
        if match is None or context.choices:
            return None
        if context.other_package is not None and self._words.readings("other", line):
            return None  # "the second" and "the other" are one word in Hindi
        return replace(ask(text, Request("package_info"), ()), unknown_name=_IT)

    def _undone(self, text: str, line: str, context: Context) -> Understanding | None:
        if self._words.readings("redone", line):
            return act(text, (Request("undo_last_change", {"again": "yes"}),))
        if self._words.readings("undone_both", line):
            return act(text, (Request("undo_last_change"), Request("undo_last_change")))
        if self._words.readings("undone_other", line):
            other = context.other_package
            return None if other is None else act(text, (undo(other),))
        for reading in self._words.readings("undone", line):
            name = reading["name"]
            if name in self._words.pronouns:
                return None
            place = bool(set(name.split()) & (self._words.places.keys() | self._words.counted))
            match = None if place or self._no_name(name) else self._certain(name, Context())
            if match is not None:
                return act(text, (undo(match),))
        return None

    def _neither(self, text: str, line: str, context: Context) -> Understanding | None:
        if not context.choices or not self._words.readings("neither", line):
            return None
        return act(text, (Request("deny"),))

    def _several(self, text: str, line: str, context: Context) -> Understanding | None:
        """Take "both", or "the first and the third", of what was offered."""
        choices = context.choices
        if not choices:
            return None
        for kind, count in _SEVERAL.items():
            if self._words.readings(kind, line):
                if len(choices) > _MOST_AT_ONCE or count not in (None, len(choices)):
                    return ask(text, choices[0].request, choices)
                return _taken_together(text, [choice.request for choice in choices], context)
        parts = self._words.parts(line)
        picked = [self.pick(part, choices, context.taken) for part in parts]
        requests = [choice.request for choice in picked if choice is not None]
        several = 2 <= len(parts) <= _MOST_AT_ONCE and len(requests) == len(parts)
        return _taken_together(text, requests, context) if several else None

    def _both_after_all(self, text: str, line: str, context: Context) -> Understanding | None:
        """Take up again what was set aside for another: "actually both"."""
        last, other = context.waiting or context.last_named, context.other_package
        if last is None or other is None or context.choices or last.slots.get("package") in (None, other):
            return None
        if not self._words.readings("both", line):
            return None
        first = with_value(last, other)
        if context.waiting is None:
            return act(text, (first,) if context.last_done else (first, last))
        return self._with_what_waits(text, (first,), context, before=True)

    def _other(self, text: str, line: str, context: Context) -> Understanding | None:
        if not self._words.readings("other", line):
            return None
        taken, choices = context.taken, context.choices
        if len(choices) >= 2:
            left = [choice for place, choice in enumerate(choices) if place != taken]
            if len(left) > 1:
                return replace(ask(text, left[0].request, left), corrects=taken is not None)
            return self._now(text, left[0].request, context)
        last, other = context.waiting or context.last_named, context.other_package
        if last is None or other is None or "package" not in last.slots or last.slots["package"] == other:
            return None
        return self._now(text, Request(last.name, {**last.slots, "package": other}), context)

    def _again(self, text: str, line: str, context: Context) -> Understanding | None:
        if context.last is None or context.waiting is not None or not self._words.readings("again", line):
            return None
        return act(text, (context.last,))

    def _corrected(self, text: str, line: str, context: Context) -> Understanding | None:
        last = context.waiting or context.last_named
        if last is None:
            return None
        for reading in self._words.readings("instead", line):
            if not self._was_meant(reading["wrong"], context):
                continue
            meant = self._meant(reading["name"], last, context)
            if meant.request is None and takes_any_words(last):
                continue
            if (found := self._now_meant(text, reading["name"], meant, context)) is not None:
                return found
        unsure: Understanding | None = None
        for kind in ("corrected", "changed", "named"):
            for reading in self._words.readings(kind, line):
                meant = self._meant(reading["name"], last, context)
                if kind != "corrected" and meant.request is None and takes_any_words(last):
                    continue
                if kind == "named":
                    meant = replace(meant, guesses=())
                found = self._now_meant(text, reading["name"], meant, context)
                if found is not None and found.decision is Decision.ACT:
                    return found
                unsure = unsure or found
        return unsure

    def _also(self, text: str, line: str, context: Context) -> Understanding | None:
        last = context.last_named
        if last is None:
            return None
        for reading in self._words.readings("also", line):
            name = reading["name"]
            requests = []
            for part in self._words.parts(name):
                meant = self._meant(part, last, context)
                if meant.request is not None:
                    requests.append(meant.request)
                elif meant.value is not None and not takes_any_words(last):
                    requests.append(with_value(last, meant.value))
                else:
                    break
            else:
                return self._with_what_waits(text, requests[:_MOST_AT_ONCE], context)
        return None

    def _with_what_waits(
        self, text: str, requests: Sequence[Request], context: Context, *, before: bool = False
    ) -> Understanding:
        """Return the requests after (or `before`) what waits for an answer, if that asks the same."""
        waiting = () if context.waiting is None else (context.waiting, *context.behind)
        if not {request.name for request in waiting} & {request.name for request in requests}:
            return act(text, tuple(requests))
        every = [*requests, *waiting] if before else [*waiting, *requests]
        once = [one for place, one in enumerate(every) if one not in every[:place]]
        return replace(act(text, tuple(once)), adds=True)

    # --- what the words stand for -----------------------------------------------------------------

    def _meant(self, words: str, last: Request, context: Context) -> _Meant:
        """Return what some words stand for in the place of the last request's slot."""
        if words in self._words.counted:
            return _Meant()
        choice = self.pick(words, context.choices, context.taken) or self._named_in_part(
            words, context.choices
        )
        if choice is not None:
            return _Meant(request=choice.request)
        slot = slot_of(last)
        if slot is None or self._no_name(words):
            return _Meant()
        if slot.name == "concept":
            concept = named_concept(words, self._language)
            return _Meant(None if concept is None else concept.id)
        if slot.type == "package":
            return self._program(words, last, context)
        if slot.name in OWN_WORDS:
            return _Meant(words)
        return _Meant(extract(last.name, words, self._index, self._language).values.get(slot.name))

    def _named_in_part(self, words: str, choices: Sequence[Choice]) -> Choice | None:
        """Return the only choice that has all of these words in what it is called: one of two halves."""
        wanted = set(words.split()) - self._words.small
        fitting = [choice for choice in choices if wanted and wanted <= _words_of(choice)]
        return fitting[0] if len(fitting) == 1 else None

    def _program(self, words: str, last: Request, context: Context) -> _Meant:
        if words in self._words.pronouns or len(words.split()) > _LONGEST_NAME:
            return _Meant()
        if context.other_package is not None and self._words.readings("other", words):
            return _Meant(context.other_package)
        found = resolve_name(words, self._index, context)
        if found and found[0].score >= CERTAIN:
            return _Meant(found[0].attribute)
        # "the server" after "install nextcloud" may be its other half.
        for pattern in ("{0} {1}", "{0}-{1}"):
            longer = pattern.format(last.slots.get("package", ""), self._words.bare(words))
            near = self._index.resolve(longer)
            if near and near[0].score >= CERTAIN and near[0].attribute != last.slots.get("package"):
                return _Meant(near[0].attribute)
        return _Meant(guesses=tuple(one for one in found[:3] if len(words.split()) <= 2))

    def _no_name(self, words: str) -> bool:
        first = words.partition(" ")[0]
        if first in self._words.pronouns | self._words.counted or says_no(
            first
        ):  # "take it back", "not that one"
            return True
        return everyday_word(words) or are_answer_words(words) or self._is_request(words)

    def _certain(self, words: str, context: Context) -> str | None:
        choice = self.pick(words, context.choices, context.taken)
        if choice is not None and isinstance(package := choice.request.slots.get("package"), str):
            return package
        found = resolve_name(words, self._index, context) if len(words.split()) <= _LONGEST_NAME else ()
        return found[0].attribute if found and found[0].score >= CERTAIN else None

    def _was_meant(self, words: str, context: Context) -> bool:
        """Tell whether what is called wrong is what was asked for, or was offered."""
        last = context.waiting or context.last_named
        if words in self._words.pronouns:
            return True
        named = self._certain(words, context)
        if last is not None and named is not None and named in last.slots.values():
            return True
        slot = None if last is None else slot_of(last)
        if last is None or slot is None or slot.type == "package":
            return False
        return words == last.slots.get(slot.name) or (
            extract(last.name, words, self._index, self._language).values.get(slot.name)
            == last.slots.get(slot.name)
        )

    def _at(self, place: str, choices: Sequence[Choice]) -> Choice | None:
        known = self._words.places[place]
        if not choices:
            return None
        if known == LAST:
            return choices[-1]
        return choices[int(known) - 1] if int(known) <= len(choices) else None

    # --- what is done now -------------------------------------------------------------------------

    def _now_meant(self, text: str, words: str, meant: _Meant, context: Context) -> Understanding | None:
        last = context.waiting or context.last_named
        assert last is not None
        if meant.request is not None:
            return self._now(text, meant.request, context)
        if meant.value is not None:
            return self._now(text, with_value(last, meant.value), context)
        if meant.guesses:
            choices = [
                Choice(one.attribute, with_value(last, one.attribute), (one.attribute,))
                for one in meant.guesses
            ]
            return replace(ask(text, last, choices), unknown_name=words, corrects=True)
        return None

    def _now(self, text: str, request: Request, context: Context) -> Understanding:
        """Return the corrected request; what was done already by mistake is offered to be undone first."""
        last = context.waiting or context.last_named
        if last == request:
            return act(text, (request,))
        first: tuple[Request, ...] = ()
        if (
            last is not None
            and context.waiting is None
            and context.last_done
            and isinstance(package := last.slots.get("package"), str)
        ):
            first = (undo(package),)
        return replace(act(text, (*first, request)), corrects=True)


def _taken_together(text: str, requests: Sequence[Request], context: Context) -> Understanding:
    return replace(act(text, tuple(requests)), adds=context.waiting in requests)


def _words_of(choice: Choice) -> set[str]:
    called = " ".join((choice.label, *choice.words)).casefold()
    return set(re.findall(r"[^\W_]+", called))
