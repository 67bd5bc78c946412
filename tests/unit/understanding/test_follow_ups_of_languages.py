"""What refers to things said before, in every language that has words for it."""

from dataclasses import replace

import pytest

from nixforhumanity.core.names import NameMatch
from nixforhumanity.understanding.follow_up_words import follow_up_words
from nixforhumanity.understanding.requests import Choice, Context, Decision, Request
from nixforhumanity.understanding.understander import Understander

KNOWN = ("firefox", "gimp", "krita", "vlc")
INSTALL = Request("install_package", {"package": "firefox"})
WAITS = Context(
    last_package="firefox", last=INSTALL, last_named=INSTALL, waiting=INSTALL, other_package="vlc"
)
DONE = replace(WAITS, waiting=None, last_done=True)
OFFERED = Context(
    choices=tuple(
        Choice(name, Request("install_package", {"package": name}), (name,))
        for name in ("gimp", "krita", "vlc")
    )
)
TWO = replace(OFFERED, choices=OFFERED.choices[:2])


class SmallIndex:
    """Knows a few names exactly."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return [NameMatch(name, 1.0)] if name in KNOWN else []


def said(text: str, language: str, context: Context) -> str:
    """Return the programs of the requests, or their names where they have none."""
    understood = Understander(SmallIndex(), language).understand(text, context)
    assert understood.decision is Decision.ACT
    return " ".join(str(one.slots.get("package") or one.name) for one in understood.requests)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no, I meant gimp"),
        ("de", "nein, ich meinte gimp"),
        ("pt_BR", "não, eu quis dizer gimp"),
        ("ru", "нет, я имел в виду gimp"),
        ("zh_CN", "不对，我是说gimp"),
        ("zh_CN", "不对,我是说 gimp"),
        ("zh_CN", "不是firefox，是gimp"),
        ("ja", "いや、gimpのこと"),
        ("ja", "firefoxじゃなくてgimp"),
        ("ar", "لا، أقصد gimp"),
        ("hi", "नहीं, मेरा मतलब gimp था"),
        ("hi", "नहीं, मेरा मतलब gimp"),
        ("ru", "не firefox, а gimp"),
        ("pt_BR", "não firefox, mas gimp"),
        ("ar", "ليس firefox بل gimp"),
        ("hi", "firefox नहीं, gimp"),
        ("zh_CN", "换成gimp吧"),
        ("ja", "やっぱりgimpにして"),
    ],
)
def test_a_correction(language: str, text: str) -> None:
    assert said(text, language, WAITS) == "gimp"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "и vlc тоже"),
        ("zh_CN", "再来一个vlc"),
        ("zh_CN", "再来一个 vlc"),
        ("zh_CN", "vlc也要"),
        ("zh_CN", "还要vlc"),
        ("ja", "vlcも"),
        ("ja", "vlc も入れて"),
        ("ar", "و vlc أيضا"),
        ("ar", "وvlc أيضا"),
        ("ar", "و vlc"),
        ("ar", "vlc أيضاً"),
        ("hi", "vlc भी"),
        ("hi", "और vlc भी"),
        ("pt_BR", "e vlc também"),
        ("ru", "ещё vlc"),
        ("ru", "а vlc?"),
        ("de", "und vlc auch"),
    ],
)
def test_also(language: str, text: str) -> None:
    assert said(text, language, DONE) == "vlc"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "und vlc und krita auch"),
        ("es", "y vlc y krita también"),
        ("fr", "et vlc et krita aussi"),
        ("pt_BR", "e vlc e krita também"),
        ("ru", "и vlc и krita тоже"),
        ("zh_CN", "再来一个vlc和krita"),
        ("ja", "vlcとkritaも"),
        ("ar", "و vlc و krita أيضا"),
        ("hi", "vlc और krita भी"),
        ("en", "and vlc and krita too"),
    ],
)
def test_also_two(language: str, text: str) -> None:
    assert said(text, language, DONE) == "vlc krita"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "ещё раз"),
        ("ja", "もう一回"),
        ("ja", "もう一度お願いします"),
        ("ar", "مرة أخرى"),
        ("hi", "फिर से"),
        ("zh_CN", "再来一次"),
        ("pt_BR", "de novo"),
        ("hi", "phir se"),
    ],
)
def test_again(language: str, text: str) -> None:
    assert said(text, language, DONE) == "firefox"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "второй"),
        ("ru", "вторую, пожалуйста"),
        ("ru", "давай второй"),
        ("zh_CN", "第二个"),
        ("zh_CN", "我要第二个"),
        ("zh_CN", "第2个"),
        ("ja", "二番目"),
        ("ja", "二番目のやつでお願いします"),
        ("ja", "2番目で"),
        ("ar", "الثاني"),
        ("ar", "أريد الثاني"),
        ("hi", "दूसरा"),
        ("hi", "मुझे दूसरा वाला चाहिए"),
        ("pt_BR", "o segundo"),
        ("de", "den zweiten"),
        ("de", "nimm den zweiten"),
        ("es", "el segundo"),
        ("fr", "le deuxième"),
    ],
)
def test_the_second(language: str, text: str) -> None:
    assert said(text, language, OFFERED) == "krita"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "den ersten und den dritten"),
        ("es", "el primero y el tercero"),
        ("fr", "le premier et le troisième"),
        ("pt_BR", "o primeiro e o terceiro"),
        ("ru", "первый и третий"),
        ("zh_CN", "第一个和第三个"),
        ("ja", "一番目と三番目"),
        ("ar", "الأول والثالث"),
        ("hi", "पहला और तीसरा"),
        ("en", "the first and the third"),
        ("de", "nimm den ersten und den dritten"),
    ],
)
def test_the_first_and_the_third(language: str, text: str) -> None:
    assert said(text, language, OFFERED) == "gimp vlc"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "alle drei"),
        ("es", "todos"),
        ("fr", "tous"),
        ("es", "los tres"),
        ("fr", "tous les trois"),
        ("pt_BR", "todos"),
        ("ru", "все"),
        ("ru", "все три"),
        ("zh_CN", "都要"),
        ("zh_CN", "三个都要"),
        ("ja", "全部"),
        ("ja", "全部お願いします"),
        ("ja", "三つとも"),
        ("ar", "كلها"),
        ("hi", "तीनों"),
        ("hi", "सभी चाहिए"),
        ("en", "all three"),
        ("en", "all of them"),
    ],
)
def test_all_of_them(language: str, text: str) -> None:
    assert said(text, language, OFFERED) == "gimp krita vlc"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "both"),
        ("de", "beide"),
        ("es", "los dos"),
        ("fr", "les deux"),
        ("pt_BR", "os dois"),
        ("ru", "оба"),
        ("zh_CN", "两个都要"),
        ("ja", "両方"),
        ("ar", "كلاهما"),
        ("hi", "दोनों"),
    ],
)
def test_both(language: str, text: str) -> None:
    assert said(text, language, TWO) == "gimp krita"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "ни один"),
        ("zh_CN", "都不要"),
        ("ja", "どれもいらない"),
        ("ar", "ولا واحد"),
        ("hi", "कोई नहीं"),
        ("pt_BR", "nenhum"),
        ("de", "keins von beiden"),
    ],
)
def test_neither(language: str, text: str) -> None:
    assert said(text, language, OFFERED) == "deny"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and gimp"),
        ("de", "und gimp auch"),
        ("zh_CN", "gimp也要"),
        ("ja", "gimpも"),
        ("hi", "gimp भी"),
        ("ru", "и gimp тоже"),
    ],
)
def test_also_while_a_plan_waits(language: str, text: str) -> None:
    assert said(text, language, WAITS) == "firefox gimp"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "actually both"),
        ("en", "both"),
        ("en", "I want both"),
        ("de", "doch beide"),
        ("es", "los dos"),
        ("ru", "оба"),
        ("zh_CN", "还是两个都要"),
        ("ja", "やっぱり両方"),
    ],
)
def test_both_after_all(language: str, text: str) -> None:
    assert said(text, language, WAITS) == "vlc firefox"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "другой"),
        ("ru", "лучше другой"),
        ("zh_CN", "另一个"),
        ("ja", "もう一つ"),
        ("ar", "الآخر"),
        ("hi", "दूसरा वाला"),
        ("pt_BR", "o outro"),
        ("de", "das andere"),
    ],
)
def test_the_other_one(language: str, text: str) -> None:
    assert said(text, language, WAITS) == "vlc"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "отмени установку vlc"),
        ("zh_CN", "撤销vlc的安装"),
        ("ja", "vlcのインストールを取り消して"),
        ("ar", "تراجع عن تثبيت vlc"),
        ("pt_BR", "desfaz a instalação do vlc"),
    ],
)
def test_the_change_of_one_program(language: str, text: str) -> None:
    assert said(text, language, DONE) == "vlc"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "nicht den zweiten"),
        ("es", "no el segundo"),
        ("ru", "не второй"),
        ("zh_CN", "不要第二个"),
    ],
)
def test_what_is_not_wanted_is_not_picked(language: str, text: str) -> None:
    understood = Understander(SmallIndex(), language).understand(text, OFFERED)
    assert all("package" not in request.slots for request in understood.requests)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "nee du"),
        ("de", "halt gimp an"),
        ("ru", "стоп gimp"),
        ("ru", "не gimp"),
        ("zh_CN", "不是gimp"),
        ("zh_CN", "我要gimp"),
        ("ja", "gimpは？"),
        ("hi", "gimp कर दो"),
    ],
)
def test_words_that_stand_for_themselves_are_no_follow_up(language: str, text: str) -> None:
    understood = Understander(SmallIndex(), language).understand(text, DONE)
    assert Request("undo_last_change", {"package": "firefox"}) not in understood.requests


def test_nothing_of_a_list_is_lost_when_one_more_is_named() -> None:
    vlc = Request("install_package", {"package": "vlc"})
    understood = Understander(SmallIndex()).understand("and gimp too", replace(WAITS, behind=(vlc,)))
    assert [one.slots["package"] for one in understood.requests] == ["firefox", "vlc", "gimp"]
    assert understood.adds


def test_what_waits_for_something_else_is_not_asked_anew() -> None:
    removal = Request("remove_package", {"package": "krita"})
    understood = Understander(SmallIndex()).understand("and gimp too", replace(WAITS, waiting=removal))
    assert [one.slots["package"] for one in understood.requests] == ["gimp"]
    assert not understood.adds


@pytest.mark.parametrize("count", [2, 4])
def test_all_three_of_another_number_is_asked_about(count: int) -> None:
    choices = (OFFERED.choices * 2)[:count]
    understood = Understander(SmallIndex(), "de").understand("alle drei", Context(choices=choices))
    assert understood.decision is Decision.ASK


def test_blanks_between_letters_that_need_none_do_not_count() -> None:
    words = follow_up_words("zh_CN")
    assert words.as_written("不对， 我是说 visual studio code") == "不对,我是说visual studio code"
    assert follow_up_words("ar").as_written("وvlc، أيضا") == "و vlc, أيضا"
