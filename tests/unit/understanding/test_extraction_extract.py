"""From a request and a line to its slots."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.extraction.names import is_attribute
from nixforhumanity.understanding.extraction.people import is_host_name, is_user_name
from nixforhumanity.understanding.requests import NameMatch


class NoNames:
    """An index that knows no name."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return []


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    folder: Path = tmp_path_factory.mktemp("index")
    return PackageIndex.open(folder)


@pytest.mark.parametrize(
    ("request_name", "text", "values"),
    [
        ("install_package", "put audacity on here for all users", {"package": "audacity", "scope": "system"}),
        ("remove_package", "uninstall thunderbird", {"package": "thunderbird"}),
        ("why_depends", "why does vlc need ffmpeg", {"package": "vlc", "dependency": "ffmpeg"}),
        ("why_depends", "what pulls in perl", {"dependency": "perl"}),
        ("open_port", "open udp port 4242 in the firewall", {"port": 4242, "protocol": "udp"}),
        ("change_service_port", "move grafana to port 3200", {"service": "grafana", "port": 3200}),
        ("switch_generation", "go to generation 18", {"generation": 18}),
        ("create_user", "create an account for mirela", {"username": "mirela"}),
        ("add_user_to_group", "add mirela to the video group", {"username": "mirela", "group": "video"}),
        ("set_hostname", "call this computer attic-pc", {"hostname": "attic-pc"}),
        ("connect_wifi", "connect to the wifi Parrot-5G", {"ssid": "Parrot-5G"}),
        ("set_timezone", "set the time zone to Oslo", {"timezone": "Europe/Oslo"}),
        ("create_dev_shell", "a dev shell with cmake, ninja and gdb", {"tools": ["cmake", "ninja", "gdb"]}),
        ("search_packages", "search for barcode scanner", {"query": "barcode scanner"}),
        ("which_package_provides", "which package has the command mtr", {"command": "mtr"}),
        ("quiz_me", "quiz me on flakes", {"topic": "flakes"}),
        ("show_config", "show my configuration", {}),
        ("install_package", "remove emacs no sorry install nano", {"package": "nano"}),
        ("list_installed", "what is installed", {}),
        ("no_such_request", "vlc", {}),
    ],
)  # fmt: skip
def test_slots(request_name: str, text: str, values: dict[str, object], index: PackageIndex) -> None:
    assert extract(request_name, text, index).values == values


def test_what_is_missing_is_named(index: PackageIndex) -> None:
    assert extract("open_port", "open a port for me", index).missing == ("port",)


def test_a_slip_is_taken_and_told(index: PackageIndex) -> None:
    found = extract("install_package", "install inksacpe", index)
    assert found.values == {"package": "inkscape"}
    assert found.repaired == "inksacpe"


def test_a_pasted_error_is_kept_whole() -> None:
    pasted = "error: attribute 'x' missing\n  at /etc/nixos/a.nix:1"
    assert extract("diagnose_error", pasted, NoNames()).values == {"error_text": pasted}


@given(st.sampled_from(sorted(catalogue())), st.text(max_size=150))
def test_any_text_gives_valid_values_or_none(request_name: str, text: str) -> None:
    found = extract(request_name, text, NoNames())
    slots = {slot.name: slot for slot in catalogue()[request_name].slots}
    assert set(found.values) <= set(slots)
    for name, value in found.values.items():
        kind = slots[name].type
        assert kind != "port" or (isinstance(value, int) and 1 <= value <= 65_535)
        assert kind not in ("username", "group") or is_user_name(str(value))
        assert kind != "hostname" or is_host_name(str(value))
        assert kind != "package" or is_attribute(str(value))


@pytest.mark.parametrize(
    "text", ["a " * 50_000, '"' * 100_000, "dot " * 25_000, "users.users." * 8_000, "x" * 100_000]
)
def test_a_huge_line_takes_bounded_time(text: str, index: PackageIndex) -> None:
    extract("set_timezone", "Oslo", index)  # reads the tables, which is not what is measured
    extract("install_package", "vlc", index)
    started = time.process_time()
    for request_name in ("install_package", "set_option", "create_user", "diagnose_error", "service_logs"):
        extract(request_name, text, index)
    assert time.process_time() - started < 5
