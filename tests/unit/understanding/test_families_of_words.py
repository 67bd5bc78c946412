"""Families of what people say: greetings, softened answers, typed commands, mixed languages, many names."""

import pytest

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.nearest import nearest_requests
from nixforhumanity.understanding.requests import Choice, Context, Decision, Understanding
from nixforhumanity.understanding.typed_commands import typed_command
from nixforhumanity.understanding.understander import Understander


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    index = PackageIndex.open(tmp_path_factory.mktemp("index"))
    return Understander(index, "en", purposes=index)


def meant(understood: Understanding) -> list[tuple[str, dict]]:
    assert understood.decision is Decision.ACT, understood
    return [(one.name, dict(one.slots)) for one in understood.requests]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Good morning dear computer", "greeting"), ("hello again", "greeting"), ("bye", "greeting"),
        ("thanks a lot", "thanks"), ("ok, thanks", "thanks"), ("perfect, thank you very much", "thanks"),
        ("the letters are too small", "text_size"), ("please make the text bigger", "text_size"),
        ("i want to see my grandchildren", "suggest_package"), ("it was fine yesterday", "diff_generations"),
        ("помощь", "help"), ("отмени", "undo_last_change"), ("стоп", "cancel"),
    ],
)  # fmt: skip
def test_everyday_words(understander: Understander, text: str, name: str) -> None:
    assert [request for request, _ in meant(understander.understand(text))] == [name]


@pytest.mark.parametrize(
    "text",
    ["don't, ok", "ok, but not now", "no, ok?", "yes... no", "rather not, thanks", "maybe later", "not yet",
     "please don't", "hmm, no", "ok no", "sure, but not today", "don't do it", "no go", "yes no wait",
     "maybe", "go ahead, no, wait", "не надо"],
)  # fmt: skip
def test_a_softened_no_is_never_a_yes(understander: Understander, text: str) -> None:
    understood = understander.understand(text)
    assert {one.name for one in understood.requests} <= {"deny", "cancel"}, understood


@pytest.mark.parametrize(
    "text",
    ["ok", "sure", "go ahead", "do it", "yes please", "sure, why not", "yeah go for it", "yes, do it now",
     "ok then", "of course", "please do", "by all means", "да"],
)  # fmt: skip
def test_a_yes_in_other_words(understander: Understander, text: str) -> None:
    assert meant(understander.understand(text)) == [("confirm", {})]


@pytest.mark.parametrize("text", ["ok, thanks", "I do", "thank you", "good idea", "why", "do it again"])
def test_what_is_no_clear_yes_confirms_nothing(understander: Understander, text: str) -> None:
    understood = understander.understand(text)
    said_so = text == "I do"  # the words of a promise are a yes
    assert ("confirm" in {one.name for one in understood.requests}) is said_so


def test_go_ahead_and_install_confirms_no_other_plan(understander: Understander) -> None:
    assert meant(understander.understand("go ahead and install htop")) == [
        ("install_package", {"package": "htop"})
    ]


@pytest.mark.parametrize(
    ("line", "wanted", "foreign"),
    [
        ("nix profile install nixpkgs#jq", [("install_package", {"package": "jq"})], ""),
        ("nix-env -iA nixpkgs.jq", [("install_package", {"package": "jq"})], ""),
        ("nix-env -i jq", [("install_package", {"package": "jq"})], ""),
        ("$ sudo apt-get install -y vlc htop",
         [("install_package", {"package": "vlc"}), ("install_package", {"package": "htop"})], "apt-get"),
        ("brew install jq", [("install_package", {"package": "jq"})], "brew"),
        ("pacman -S vlc", [("install_package", {"package": "vlc"})], "pacman"),
        ("dnf remove vlc", [("remove_package", {"package": "vlc"})], "dnf"),
        ("pip install numpy",
         [("create_dev_shell", {"tools": ["python3", "python3Packages.numpy"]})], "pip"),
        ("nix-shell -p ripgrep jq", [("create_dev_shell", {"tools": ["ripgrep", "jq"]})], ""),
        ("nix-shell -p ripgrep", [("try_package", {"package": "ripgrep"})], ""),
        ("nix-env -e jq", [("remove_package", {"package": "jq"})], ""),
        ("nix-env -G 12", [("switch_generation", {"generation": 12})], ""),
        ("nix-env --delete-generations +5", [("delete_generations", {"older_than": "+5"})], ""),
        ("nix-collect-garbage --delete-older-than 14d", [("garbage_collect", {"older_than": "14d"})], ""),
        ("df -h", [("disk_usage", {})], ""),
    ],
)  # fmt: skip
def test_typed_commands(understander: Understander, line: str, wanted: list, foreign: str) -> None:
    understood = understander.understand(line)
    assert meant(understood) == wanted
    assert understood.foreign_tool == foreign


@pytest.mark.parametrize(
    "line",
    ["apt install vlc; rm -rf ~", "apt install vlc && reboot", "pip install $(cat x)", "nix-env", "apt",
     "nix-env -iA nixpkgs.jq > /etc/passwd", "nix-collect-garbage --delete-older-than 1h", "du /home",
     "nix-env --delete-generations 1 2 3", "brew", "apt autoremove everything"],
)  # fmt: skip
def test_what_a_command_line_hides_is_not_read(line: str) -> None:
    assert typed_command(line) is None


def test_an_unknown_name_in_a_typed_command_stops_all_of_it(understander: Understander) -> None:
    assert understander.understand("apt install vlc frobnicatorix").decision is not Decision.ACT


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("give me a shell with ripgrep and jq", ["ripgrep", "jq"]),
        ("python with numpy and scipy", ["python3", "python3Packages.numpy", "python3Packages.scipy"]),
        ("open a shell with git, jq, and htop", ["git", "jq", "htop"]),
    ],
)
def test_several_tools_are_one_shell(understander: Understander, text: str, tools: list[str]) -> None:
    assert meant(understander.understand(text)) == [("create_dev_shell", {"tools": tools})]


def test_an_unknown_tool_is_asked_about_with_the_others_kept(understander: Understander) -> None:
    understood = understander.understand("give me a shell with ripgrep and fierfox")
    assert understood.decision is Decision.ASK
    assert isinstance(understood.choices[0], Choice)
    assert understood.choices[0].request.slots["tools"][0] == "ripgrep"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("установи firefox please", ("install_package", "firefox")), ("удали vlc", ("remove_package", "vlc")),
     ("установи, пожалуйста, htop", ("install_package", "htop")), ("попробуй gimp", ("try_package", "gimp"))],
)  # fmt: skip
def test_mixed_languages(understander: Understander, text: str, wanted: tuple[str, str]) -> None:
    (name, slots), *_ = meant(understander.understand(text))
    assert (name, slots["package"]) == wanted


def test_the_price_is_of_the_program_spoken_of_last(understander: Understander) -> None:
    spoken = Context(last_package="krita")
    assert meant(understander.understand("does it cost money?", spoken)) == [
        ("package_licence", {"package": "krita"})
    ]
    assert meant(understander.understand("does it cost money?")) == [("package_licence", {})]
    assert meant(understander.understand("is vlc free of charge?", spoken)) == [
        ("package_licence", {"package": "vlc"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "get me a taxi",
        "what is love",
        "find my keys",
        "I need a holiday",
        "remove everything",
        "uninstall nix",
    ],
)
def test_names_of_programs_are_everyday_words_elsewhere(understander: Understander, text: str) -> None:
    assert understander.understand(text).decision is Decision.DECLINE


@pytest.mark.parametrize("text", ["install love", "what is the program taxi"])
def test_but_are_names_where_programs_are_spoken_of(understander: Understander, text: str) -> None:
    assert understander.understand(text).decision is Decision.ACT


@pytest.mark.parametrize(
    ("text", "name"),
    [("is my disk made of cheese", "disk_usage"), ("which programs do elephants have", "list_installed"),
     ("what is new in fashion", "diff_generations")],
)  # fmt: skip
def test_the_nearest_requests_share_telling_words(text: str, name: str) -> None:
    assert name in nearest_requests(text, "en")
    assert len(nearest_requests(text, "en")) <= 3


def test_words_that_share_nothing_are_near_nothing() -> None:
    assert nearest_requests("order a pizza", "en") == ()
