"""The words of lines in other languages: cut at blanks and scripts, compared without accents and endings."""

import tomllib
import zoneinfo
from pathlib import Path

import pytest

from nixforhumanity.understanding.extraction.folding import folded, same_length, stems
from nixforhumanity.understanding.extraction.lexicon import lexicon
from nixforhumanity.understanding.extraction.local_numbers import han_number, numbers_of
from nixforhumanity.understanding.extraction.names import is_attribute
from nixforhumanity.understanding.extraction.services import OWN, is_service
from nixforhumanity.understanding.extraction.tables import table
from nixforhumanity.understanding.extraction.words import line_of

UNDERSTANDING = Path(__file__).parents[4] / "resources" / "understanding"
_MORE_LAYOUTS = frozenset("dvorak bepo tw ma iq sy np pk bd lk th kg uz mn az".split())  # noqa: SIM905
LANGUAGES = ("de", "es", "fr", "pt_BR", "ru", "zh_CN", "ja", "ar", "hi")


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "den VLC-Player, bitte", ["den", "VLC", "Player", "bitte"]),
        ("de", "obs-studio", ["obs-studio"]),
        ("fr", "l'image d'inkscape, ouvre-moi", ["l", "image", "d", "inkscape", "ouvre", "moi"]),
        ("ru", "запусти docker'а", ["запусти", "docker", "а"]),
        ("zh_CN", "把vlc打开", ["把", "vlc", "打", "开"]),
        ("ja", "firefoxを起動", ["firefox", "を", "起", "動"]),
        ("ja", "ブルートゥースを", ["ブルートゥース", "を"]),
        ("ar", "الـ logs", ["الـ", "logs"]),
        ("es", "C++ y Qt", ["C++", "y", "Qt"]),
    ],
)
def test_words_of_a_line(language: str, text: str, words: list[str]) -> None:
    assert [word.raw for word in line_of(text, language).words] == words


def test_words_keep_their_places_and_marks() -> None:
    line = line_of("「docker」、動いてる？", "ja")
    assert (line.words[0].opens, line.words[0].closes) == ("「", "」、")
    assert line.between(0, 1) == "docker"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "älter", "aelter"),
        ("es", "Últimas", "ultimas"),
        ("ru", "ещё", "еще"),
        ("ar", "إلى", "الي"),
        ("hi", "फ़ाइल", "फाइल"),
        ("ja", "ドッカー", "どっかー"),
    ],
)
def test_spellings_that_are_the_same(language: str, one: str, other: str) -> None:
    assert folded(one, language) == folded(other, language)


def test_endings_and_joined_words_do_not_count() -> None:
    assert set(stems("докером", "ru")) & set(stems("докер", "ru"))
    assert set(stems("بالبلوتوث", "ar")) & set(stems("بلوتوث", "ar"))
    assert len(same_length("ＶＬＣを開く", "ja")) == 6


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "zweiundvierzig", [42]),
        ("de", "tausendachtzig und 5", [1080, 5]),
        ("es", "cuatrocientos cuarenta y tres", [443]),
        ("es", "ochenta ochenta", [8080]),
        ("fr", "quatre-vingt-dix-neuf", [99]),
        ("fr", "deux mille deux cent vingt-deux", [2222]),
        ("pt_BR", "sete mil e um", [7001]),
        ("ru", "восемь тысяч восемьдесят", [8080]),
        ("ar", "تسعة آلاف وتسعين", [9090]),
        ("hi", "आठ हज़ार अस्सी", [8080]),
        ("zh_CN", "八千零八十", [8080]),
        ("ja", "三千一番", [3001]),
        ("ja", "８０８０番", [8080]),
    ],
)
def test_numbers(language: str, text: str, values: list[int]) -> None:
    assert [number.value for number in numbers_of(line_of(text, language))] == values


def test_chinese_numerals() -> None:
    said = ("八零八零", "二十一", "一百零二", "两千二", "十")
    assert [han_number(text, shortened=True) for text in said] == [8080, 21, 102, 2200, 10]
    assert han_number("三千一", shortened=False) == 3001


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_hold_only_known_values(language: str) -> None:
    for path in sorted((UNDERSTANDING / language).glob("*.toml")):
        tomllib.loads(path.read_text(encoding="utf-8"))
    for name in ("places", "more_places"):
        assert set(table(name, language)["timezone"]) <= zoneinfo.available_timezones()
        layouts = {one for listed in table(name, language)["layout"] for one in listed.split(",")}
        assert layouts <= set(table("places")["layouts"]) | _MORE_LAYOUTS
    assert all(is_service(name) or name in OWN for name in table("services", language)["names"])
    assert all(is_attribute(name) for name in table("programs", language).get("names", {}))


def test_phrases_are_found_inside_of_lines() -> None:
    [hit] = lexicon("services", "names", "zh_CN").hits(line_of("请把打印服务停掉", "zh_CN"))
    assert (hit.value, hit.first, hit.last) == ("printing", 2, 6)
