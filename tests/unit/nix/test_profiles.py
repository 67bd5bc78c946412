"""Manifests of every version, and what nix-env prints."""

import json

import pytest

from nixforhumanity.nix.profiles import (
    ManifestError,
    ProfileElement,
    ProfileTool,
    attribute_from_name,
    parse_env_query,
    parse_manifest,
    tool_of_manifest,
)

H1, H2 = "w18ixwcnhm1sazgsdyn6px3hqsrsjkaa", "xfhxmkxlphdf770xnvscq18z25zzha33"
HELLO = f"/nix/store/{H1}-hello-2.12.1"
CURL = (f"/nix/store/{H1}-curl-8.5.0-bin", f"/nix/store/{H2}-curl-8.5.0-man")


def manifest(version: int, elements: object) -> bytes:
    return json.dumps({"version": version, "elements": elements}).encode()


def test_the_second_version_has_a_list() -> None:
    rows = [
        {
            "active": True,
            "attrPath": "legacyPackages.x86_64-linux.hello",
            "originalUrl": "flake:nixpkgs",
            "storePaths": [HELLO],
        },
        {"active": True, "attrPath": "packages.x86_64-linux.kdePackages.kate", "storePaths": [CURL[0]]},
        {"active": True, "storePaths": list(CURL)},
        {"active": False, "attrPath": "packages.x86_64-linux.gone", "storePaths": [HELLO]},
    ]
    first, second, third = parse_manifest(manifest(2, rows))
    assert first == ProfileElement("hello", "legacyPackages.x86_64-linux.hello", "2.12.1", (HELLO,))
    assert second.attribute == "kdePackages.kate"
    assert third == ProfileElement("curl", f"{H1}-curl-8.5.0-bin", "8.5.0", CURL)


def test_the_third_version_has_names() -> None:
    rows = {
        "hello": {"active": True, "attrPath": "legacyPackages.aarch64-linux.hello", "storePaths": [HELLO]},
        "tool": {"active": True, "attrPath": "packages.x86_64-linux.default", "storePaths": [CURL[0]]},
    }
    first, second = parse_manifest(manifest(3, rows))
    assert first == ProfileElement("hello", "hello", "2.12.1", (HELLO,))
    assert (second.attribute, second.element) == ("curl", "tool")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        manifest(9, []),
        manifest(2, "x"),
        manifest(2, [{}]),
        manifest(2, [1]),
        manifest(2, [{"storePaths": []}]),
        manifest(3, {"a": []}),
        b'{"version": 2, "elements": [',
    ],
)
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(ManifestError):
        parse_manifest(data)


def test_nix_env() -> None:
    rows = {
        "0": {"name": "hello-2.12.1", "pname": "hello", "version": "2.12.1", "outputs": {"out": HELLO}},
        "1": {
            "name": "python3.13-numpy-2.3.1",
            "pname": "python3.13-numpy",
            "version": "2.3.1",
            "outputs": {},
        },
        "2": {"name": "7zip-1", "outputs": {"out": HELLO, "dev": None}},
    }
    hello, numpy, seven = parse_env_query(json.dumps(rows).encode())
    assert hello == ProfileElement("hello", "hello-2.12.1", "2.12.1", (HELLO,))
    assert numpy.attribute == "python3Packages.numpy"
    assert (seven.attribute, seven.version, seven.store_paths) == ("_7zip", "1", (HELLO,))
    for data in (b"[]", b'{"0": {}}', b'{"0": 1}', b"no"):
        with pytest.raises(ManifestError):
            parse_env_query(data)


def test_an_output_is_no_part_of_a_version() -> None:
    rows = {str(n): {"name": f"jq-1.7{end}", "outputs": {"out": HELLO}} for n, end in enumerate(("", "-man"))}
    plain, manual = parse_env_query(json.dumps(rows).encode())
    assert (plain.version, manual.version) == ("1.7", "1.7")
    assert manual.element == "jq-1.7-man", "it is removed by its whole name"


def test_which_command_made_it() -> None:
    assert tool_of_manifest({"bin", "manifest.json"}) is ProfileTool.NIX_PROFILE
    assert tool_of_manifest({"bin", "manifest.nix"}) is ProfileTool.NIX_ENV
    assert tool_of_manifest({"bin"}) is None


@pytest.mark.parametrize(
    ("name", "attribute"),
    [("hello", "hello"), ("7zip", "_7zip"), ("a b", "a-b"), ("python3-requests", "python3Packages.requests")],
)
def test_attributes_are_guessed(name: str, attribute: str) -> None:
    assert attribute_from_name(name) == attribute
