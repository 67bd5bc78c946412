"""The trace of a line: what each step did, where slots came from, why it was decided so."""

from collections.abc import Sequence

import pytest

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.origins import Way
from nixforhumanity.understanding.requests import Decision, Likelihood, Opinions
from nixforhumanity.understanding.trace import Reason, Trace, traced
from nixforhumanity.understanding.understander import Understander

THOUGHTS = {
    "my speakers are dead": (("diagnose_sound", 0.9), ("enable_bluetooth", 0.05)),
    "close port 8080, open port 8443": (("close_port", 0.7), ("open_port", 0.2)),
    "close port 8080": (("close_port", 0.95),),
    "open port 8443": (("open_port", 0.95),),
    "поставь firefox": (("install_package", 0.9),),
    "a bit of this": (("list_installed", 0.4), ("disk_usage", 0.3)),
    "whatever pleases thee": (("confirm", 0.95), ("deny", 0.02)),
    "make port eighty eighty reachable": (("open_port", 0.9),),
    "make it reachable": (("open_port", 0.9),),
    "install vlc": (("remove_package", 0.97),),
}


class FakeModel:
    """Thinks what the table says; otherwise that it is nothing of ours."""

    def __init__(self) -> None:
        self.looked_into = 0

    def likelihoods_of(self, lines: Sequence[str], *, language: str = "en") -> Sequence[Sequence[Likelihood]]:
        return [self.likelihoods(line, language=language) for line in lines]

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = "en"
    ) -> Sequence[Likelihood]:
        thoughts = THOUGHTS.get(normalised, (("out_of_scope", 0.8), ("help", 0.05)))
        return [Likelihood(name, share) for name, share in thoughts]

    def opinions(self, normalised: str, *, language: str = "en") -> Opinions:
        self.looked_into += 1
        return Opinions(normalised.replace("spaekers", "speakers"), self.likelihoods(normalised), ())


@pytest.fixture(scope="module")
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory, model: FakeModel) -> Understander:
    return Understander(PackageIndex.open(tmp_path_factory.mktemp("index")), "en", model=model)


def trace(understander: Understander, text: str) -> Trace:
    return traced(understander, understander.understand(text))


@pytest.mark.parametrize(
    ("text", "decision", "reason"),
    [
        ("get rid of vlc", Decision.ACT, Reason.FORESEEN),
        ("sudo apt install vlc", Decision.ACT, Reason.TYPED_COMMAND),
        ("/install vlc", Decision.ACT, Reason.SLASH),
        ("fatal error: zlib.h: No such file", Decision.ACT, Reason.PASTED_ERROR),
        ("my speakers are dead", Decision.ACT, Reason.SURE),
        ("install vlc", Decision.ACT, Reason.OVERRULED),
        ("close port 8080, open port 8443", Decision.ACT, Reason.TWO_REQUESTS),
        ("a bit of this", Decision.ASK, Reason.UNSURE),
        ("whatever pleases thee", Decision.ASK, Reason.OWN_WORDS),
        ("make it reachable", Decision.ASK, Reason.SLOT_MISSING),
        ("install frobnicatorium", Decision.ASK, Reason.NAME_UNKNOWN),
        ("what is the weather like", Decision.DECLINE, Reason.OUT_OF_SCOPE),
        ("  ", Decision.DECLINE, Reason.EMPTY),
    ],
)
def test_the_decision_has_its_reason(
    understander: Understander, text: str, decision: Decision, reason: Reason
) -> None:
    found = trace(understander, text)
    assert (found.decision, found.reason) == (decision, reason)


def test_without_a_model_nothing_fits(tmp_path_factory: pytest.TempPathFactory) -> None:
    alone = Understander(PackageIndex.open(tmp_path_factory.mktemp("index")), "en")
    found = trace(alone, "my speakers are dead")
    assert found.reason is Reason.NOTHING_FITS
    assert found.together == found.by_words == ()


@pytest.mark.parametrize(
    ("text", "slot", "value", "said", "way"),
    [
        ("get rid of VLC", "package", "vlc", "VLC", Way.SAME),
        ("install chrome", "package", "google-chrome", "chrome", Way.OTHER_NAME),
        ("install vs code", "package", "vscode", "vs code", Way.SPELLING),
        ("make port eighty eighty reachable", "port", 8080, "eighty eighty", Way.NUMBER),
        ("clean up everything older than two weeks", "older_than", "14d", "two weeks", Way.TIME),
        ("what are generations", "concept", "generation", "generations", Way.OTHER_NAME),
        ("give me a shell with jq and ripgrep", "tools", ["jq", "ripgrep"], "jq, ripgrep", Way.SAME),
        ("find me a program for editing photos", "purpose", "editing photos", "editing photos", Way.SAME),
    ],
)
def test_a_slot_knows_the_words_it_came_from(
    understander: Understander, text: str, slot: str, value: object, said: str, way: Way
) -> None:
    (found,) = (one for one in trace(understander, text).slots[0] if one.slot == slot)
    assert (found.value, found.way) == (value, way)
    assert found.said == said


def test_each_half_has_its_own_slots(understander: Understander) -> None:
    found = trace(understander, "close port 8080, open port 8443")
    assert found.parts == ("close port 8080", "open port 8443")
    assert [one[0].value for one in found.slots] == [8080, 8443]


def test_slips_are_pairs_of_words(understander: Understander) -> None:
    assert trace(understander, "my spaekers, please").repaired == (("spaekers", "speakers"),)


def test_what_was_not_taken_comes_next(understander: Understander) -> None:
    found = trace(understander, "my speakers are dead")
    assert found.next_best[0] == ("enable_bluetooth", 0.05)
    assert len(found.next_best) <= 3


def test_nobody_looks_into_the_model_to_act(understander: Understander, model: FakeModel) -> None:
    before = model.looked_into
    understander.understand("my speakers are dead")
    assert model.looked_into == before


@pytest.mark.parametrize(
    ("text", "language", "reason", "said"),
    [
        ("поставь firefox", "ru", Reason.SURE, "firefox"),
        ("да", "ru", Reason.FORESEEN, None),
        ("sudo apt install vlc", "en", Reason.TYPED_COMMAND, "vlc"),
    ],
)
def test_only_english_has_sentences_that_were_foreseen(
    understander: Understander, text: str, language: str, reason: Reason, said: str | None
) -> None:
    found = trace(understander, text)
    assert (found.language, found.reason) == (language, reason)
    assert bool(found.foreseen) == (reason is not Reason.SURE)
    assert [one.said for one in found.slots[0]] == ([] if said is None else [said])
