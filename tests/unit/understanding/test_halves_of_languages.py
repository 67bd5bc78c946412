"""Two requests in one line: where each language joins them, and when they are two."""

from collections.abc import Sequence

import pytest

from nixforhumanity.understanding.halves import Halves, halves, likeliest_halves
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.requests import Likelihood

LINES = {
    "en": ("close port 22 and then open port 80", "close port 22", "open port 80"),
    "ar": ("أغلق المنفذ 22 ثم افتح المنفذ 80", "أغلق المنفذ 22", "افتح المنفذ 80"),
    "de": ("mach port 22 zu und dann öffne port 80", "mach port 22 zu", "öffne port 80"),
    "es": ("cierra el puerto 22 y luego abre el 80", "cierra el puerto 22", "abre el 80"),
    "fr": ("ferme le port 22 et ensuite ouvre le 80", "ferme le port 22", "ouvre le 80"),
    "hi": ("पोर्ट 22 बंद करो और फिर 80 खोलो", "पोर्ट 22 बंद करो", "80 खोलो"),
    "ja": ("ポート22を閉じて、80を開けて", "ポート22を閉じて", "80を開けて"),
    "pt_BR": ("fecha a porta 22 e depois abre a 80", "fecha a porta 22", "abre a 80"),
    "ru": ("закрой порт 22 и потом открой 80", "закрой порт 22", "открой 80"),
    "zh_CN": ("关闭22端口，然后打开80端口", "关闭22端口", "打开80端口"),
}


class Knowing:
    """A model that knows some lines, and is unsure of all others."""

    def __init__(self, known: dict[str, tuple[str, float]]) -> None:
        self.known = known
        self.asked: list[str] = []

    def likelihoods(
        self, normalised: str, *, quick: bool = False, language: str = "en"
    ) -> Sequence[Likelihood]:
        self.asked.append(normalised)
        request, probability = self.known.get(normalised, ("out_of_scope", 0.4))
        return [Likelihood(request, probability)]

    def likelihoods_of(self, lines: Sequence[str], *, language: str = "en") -> Sequence[Sequence[Likelihood]]:
        return [self.likelihoods(line, language=language) for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_cut_where_its_language_joins(language: str) -> None:
    line, first, second = LINES[language]
    model = Knowing({first: ("close_port", 0.9), second: ("open_port", 0.9)})
    assert likeliest_halves(normalise(line, language=language), model, language) == (first, second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_parts_that_ask_for_the_same_are_one(language: str) -> None:
    line, first, second = LINES[language]
    model = Knowing({first: ("open_port", 0.9), second: ("open_port", 0.9)})
    assert likeliest_halves(normalise(line, language=language), model, language) is None


@pytest.mark.parametrize("second", ["thanks", "confirm", "help", "out_of_scope"])
def test_what_belongs_to_the_talk_is_no_half(second: str) -> None:
    model = Knowing({"open port 80": ("open_port", 0.95), "so be it": (second, 0.95)})
    assert likeliest_halves("open port 80 and so be it", model) is None
    assert (
        halves(("a", "b"), *(Likelihood(*one) for one in (("x", 0.5), ("open_port", 0.9), (second, 0.9))))
        is None
    )


def test_a_line_without_anything_between_is_looked_at_once() -> None:
    model = Knowing({})
    assert likeliest_halves("open port 80", model) is None
    assert model.asked == ["open port 80"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_places_are_tried_however_many_there_are(language: str) -> None:
    line, first, _ = LINES[language]
    between = line[len(first) :].removesuffix(LINES[language][2])
    model = Knowing({})
    likeliest_halves(between.join([first] * 300), model, language)
    assert len(model.asked) <= 1 + 2 * 6


@pytest.mark.parametrize(
    ("whole", "one", "other", "two"),
    [(0.5, 0.9, 0.9, True), (0.999, 0.9, 0.9, False), (0.5, 0.5, 0.9, False), (0.5, 0.9, 0.5, False)],
)
def test_both_have_to_be_sure_and_the_whole_not(whole: float, one: float, other: float, two: bool) -> None:
    first, second = Likelihood("close_port", one), Likelihood("open_port", other)
    found = halves(("a", "b"), Likelihood("open_port", whole), first, second)
    assert found == (Halves("a", "b", first, second) if two else None)
