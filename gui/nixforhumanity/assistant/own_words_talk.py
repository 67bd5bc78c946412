"""The person's own words in one conversation: taken before other readings, and learned from corrections."""

from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.channel import Channel
from nixforhumanity.assistant.corrections import Corrections
from nixforhumanity.assistant.own_words import OwnWords
from nixforhumanity.understanding.requests import Context, Understanding
from nixforhumanity.understanding.understander import Understander


class OwnWordsTalk:
    """Does nothing where no phrases are kept. A file that cannot be used never breaks the conversation."""

    def __init__(self, own_words: OwnWords | None, channel: Channel, understander: Understander) -> None:
        self._own_words = own_words
        self._channel = channel
        self._understander = understander
        self._corrections: Corrections | None = None
        if own_words is not None:
            self._corrections = Corrections(own_words.finder, understander.understand)

    async def forgets(self, text: str, level: str) -> bool:
        """Tell whether the words only forget a phrase; that is done and said then."""
        said: Answer | None = None
        if self._own_words is not None:
            with self._channel.keeping():
                said = self._own_words.forgotten(text)
        if said is not None:
            await self._channel.say(said, level)
        return said is not None

    async def heard(
        self, text: str, usual: Understanding, context: Context, language: str, level: str
    ) -> Understanding:
        """Return what is meant; say so where it was taken from the person's own words, or is learned.

        `usual` is what the line means without them.
        """
        if self._own_words is None or self._corrections is None:
            return usual
        usual = self._corrections.restated(text, usual, language)
        understood, said = usual, None
        alone = Context(language=language)
        with self._channel.keeping():
            own = self._own_words.understood(
                text, usual, lambda words: self._understander.understand(words, alone)
            )
            if own is not None:
                phrase, understood = own
                said = self._own_words.used(phrase, understood)
        lesson = self._corrections.lesson(text, usual, context, language, shown=understood)
        if lesson is not None:
            with self._channel.keeping():
                said = self._own_words.learned(lesson)
        if said is not None:
            await self._channel.say(said, level)
        return understood
