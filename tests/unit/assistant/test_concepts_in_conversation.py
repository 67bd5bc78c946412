"""Any words as the idea to explain end in an answer, never in an error of the program."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.assistant import Assistant
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol.messages import NewSessionRequest
from nixforhumanity.understanding.requests import Likelihood
from talking import RecordingAudience, Talk, assistant_parts


class SureOfExplaining:
    """A model that takes every line of every language for a question about a word."""

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = "en"
    ) -> Sequence[Likelihood]:
        return [Likelihood("explain_concept", 0.95)]

    def likelihoods_of(self, lines: Sequence[str], *, language: str = "en") -> Sequence[Sequence[Likelihood]]:
        return [self.likelihoods(line) for line in lines]

    async def ready(self, language: str) -> None:
        """It never loads anything."""


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    parts = replace(assistant_parts(folder, host, finder), model=SureOfExplaining())
    assistant = Assistant(parts, level="beginner", language="en")
    await assistant.start()
    audience = RecordingAudience()
    session = await assistant.new_session(audience, NewSessionRequest(cwd="/", mcp_servers=[]))
    return Talk(assistant, parts, session.session_id, audience)


@pytest.mark.parametrize(
    "text",
    [
        "so what would a profile be then",
        "was ist ein Profil?",
        "qu'est-ce qu'un profil ?",
        "¿qué es un perfil?",
        "что такое профиль",
        "プロファイルとは何ですか",
    ],
)
async def test_a_known_idea_is_explained_in_whatever_language_it_is_asked_for(talk: Talk, text: str) -> None:
    await talk.say(text)
    assert "shelf that holds your programs" in talk.audience.text


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("i never got the hang of frobnicators", "What is Nix?"),
        ("was ist eine Frobnikation?", "What is Nix?"),
        ("c'est quoi une frobnication ?", "What is Nix?"),
        ("waht is a falke acutally", "What is Flake?"),
    ],
)
async def test_an_unknown_idea_is_said_to_be_unknown_and_others_are_offered(
    talk: Talk, text: str, near: str
) -> None:
    await talk.say(text)
    assert "I have no explanation of" in talk.audience.text
    assert near in talk.audience.suggestions


async def test_a_program_that_is_called_so_is_offered_too(talk: Talk) -> None:
    await talk.say("i never got the hang of cowsay")
    assert "What is cowsay?" in talk.audience.suggestions


async def test_whoever_speaks_another_language_is_told_once_which_one_answers_are_in(talk: Talk) -> None:
    await talk.say("was ist ein Profil?")
    await talk.say("was ist eine Generation?")
    told = [str(update) for update in talk.audience.updates if "I understand German" in str(update)]
    assert len(told) == 1


async def test_nothing_is_told_where_the_answers_are_in_the_language_of_the_line(talk: Talk) -> None:
    await talk.say("what is a profile?")
    assert not [update for update in talk.audience.updates if "I answer in English" in str(update)]
