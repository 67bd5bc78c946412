"""How long to wait before the next try to connect: a local server is back soon, a broken one is spared."""

import random

FIRST_SECONDS = 0.02
MOST_SECONDS = 5.0
JITTER = 0.2
"""Each delay is up to this share shorter or longer, so that several windows do not knock together."""
STABLE_SECONDS = 5.0
"""A connection that stood so long begins the delays anew; one that breaks at once does not."""


class Backoff:
    """20, 40, 80 ms and so on, up to 5 s."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()  # noqa: S311 - jitter is no secret
        self._tries = 0

    def next_seconds(self) -> float:
        """Return the next delay."""
        delay = min(FIRST_SECONDS * 2.0 ** min(self._tries, 20), MOST_SECONDS)
        self._tries += 1
        return min(delay * self._chance.uniform(1 - JITTER, 1 + JITTER), MOST_SECONDS)

    def begin_anew(self) -> None:
        """Begin with the shortest delay again."""
        self._tries = 0
