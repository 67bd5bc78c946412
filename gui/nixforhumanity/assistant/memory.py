"""What a conversation keeps in mind, so that "again", "it" and "no, I meant the other one" mean something."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.changed_requests import can_be_changed, can_be_repeated
from nixforhumanity.understanding.choices import place_of
from nixforhumanity.understanding.requests import Choice, Context, Request, SlotValue, Understanding


class Memory:
    """The last request, programs and list of one conversation. Not kept over a restart."""

    def __init__(self) -> None:
        self.choices: tuple[Choice, ...] = ()
        """What is open to be picked from."""
        self._taken: int | None = None
        self._asked_back: Understanding | None = None
        self._last: Request | None = None
        self._last_named: Request | None = None
        self._done = False
        self._waiting: list[Request] = []
        """The request whose plan waits or runs, and what was asked for with it and comes after it."""
        self._package: str | None = None
        self._other_package: str | None = None
        self.language = ""
        """The language that was spoken last."""
        self._spoken: set[str] = set()

    def asked_for(self, request: Request) -> None:
        """Take note of a request that is about to be followed."""
        if can_be_repeated(request):
            self._last = request
        if can_be_changed(request):
            self._last_named, self._done = request, False

    @contextmanager
    def planning(self, request: Request, behind: Sequence[Request] = ()) -> Iterator[None]:
        """Keep in mind that the plan of a request waits or runs, until it has ended; `behind` comes after."""
        now = self._waiting = [request, *behind]
        try:
            yield
        finally:
            if self._waiting is now:
                self._waiting = []

    def did(self, request: Request) -> None:
        """Take note that the plan of a request was carried out: it can be taken back, until it was."""
        if request.name == "undo_last_change":
            self._done = False
        elif can_be_changed(request):  # a question in between does not count
            self._last_named, self._done = request, True

    def is_new(self, language: str) -> bool:
        """Tell whether a language is spoken for the first time."""
        new = language not in self._spoken
        self._spoken.add(language)
        return new

    def speaks_of(self, package: str | None) -> None:
        """Take note of the program that is spoken of now."""
        if package and package != self._package:
            self._package, self._other_package = package, self._package

    def offers(self, choices: tuple[Choice, ...]) -> None:
        """Take note of a new list, or of none: no older one is open any more."""
        self.choices, self._taken = choices, None

    def picks(self, understood: Understanding) -> None:
        """Keep the list open for "rather the other one" after a pick; anything else ends it."""
        self._taken = place_of(understood.requests, self.choices)
        if self._taken is None:
            self.choices = ()

    def opens_again(self, understood: Understanding, before: Context) -> None:
        """Let the list that was open before these words stay so, if they were only about it."""
        if not self.choices and stays_open(understood, before):
            self.choices, self._taken = before.choices, before.taken

    def asks_back(self, understood: Understanding) -> None:
        """Take note of a request that lacks something; it is asked for once."""
        self._asked_back = understood

    def context(self) -> Context:
        """Return what the next words may refer to, and forget what was asked back."""
        asked, self._asked_back = self._asked_back, None
        lacks = asked is not None and bool(asked.missing) and len(asked.requests) == 1
        return Context(
            choices=self.choices,
            last_package=self._package,
            taken=self._taken,
            wanted=asked.requests[0] if asked is not None and lacks else None,
            wanted_slot=asked.missing[0] if asked is not None and lacks else "",
            last=self._last,
            last_named=self._last_named,
            last_done=self._done,
            other_package=self._other_package,
            waiting=self._waiting[0] if self._waiting else None,
            behind=tuple(self._waiting[1:]),
            language=self.language,
        )


def stays_open(understood: Understanding, context: Context) -> bool:
    """Tell whether a list can be picked from again: a pick was declined, or one of it was asked about."""
    request = understood.requests[0]
    if len(understood.requests) != 1 or not context.choices:
        return False
    if request.name in ("deny", "confirm"):
        return context.taken is not None
    kind = catalogue().get(request.name)
    reads = kind is not None and kind.effect is Effect.READ
    return reads and request.slots.get("package") in _packages(context.choices)


def _packages(choices: Sequence[Choice]) -> list[SlotValue]:
    return [value for choice in choices if (value := choice.request.slots.get("package")) is not None]
