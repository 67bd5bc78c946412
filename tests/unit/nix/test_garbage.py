"""What a collection deletes, in listings of every shape."""

import json

import pytest

from nixforhumanity.nix.garbage import (
    Root,
    StoreListingError,
    StorePath,
    closure_size,
    living_paths,
    parse_derivation_outputs,
    parse_path_info,
    parse_roots,
)

STORE = {
    "a": StorePath(1, ("b", "a"), "a.drv"),
    "b": StorePath(2, (), "b.drv"),
    "a.drv": StorePath(4, ("b.drv",), None),
    "b.drv": StorePath(8, (), None),
    "c": StorePath(16, (), "gone.drv"),
}
OUTPUTS = {"a.drv": ("a",), "b.drv": ("b", "never-built")}


def living(*roots: str, derivations: bool = False, outputs: bool = False) -> set[str]:
    return living_paths(
        STORE,
        roots,
        keep_derivations=derivations,
        keep_outputs=outputs,
        outputs_of=lambda path: OUTPUTS.get(path, ()),
    )


def test_what_stays() -> None:
    assert living("a") == {"a", "b"}
    assert living("a", derivations=True) == {"a", "b", "a.drv", "b.drv"}
    assert living("a.drv") == {"a.drv", "b.drv"}
    assert living("a.drv", outputs=True) == {"a", "b", "a.drv", "b.drv"}
    assert living("no-longer-there") == set()
    assert living("c", derivations=True) == {"c"}
    assert closure_size(STORE, ["a"]) == 3


ROW = {"narSize": 5, "references": ["/nix/store/x-b"], "deriver": "/nix/store/x-a.drv"}
EXPECTED = {"x-a": StorePath(5, ("x-b",), "x-a.drv")}


@pytest.mark.parametrize(
    "listing",
    [
        [{"path": "/nix/store/x-a", "valid": True, **ROW}],
        [{"path": "/nix/store/x-a", **ROW}, {"path": "/nix/store/x-z", "valid": False}],
        {"/nix/store/x-a": ROW, "/nix/store/x-z": None},
        {
            "version": 2,
            "storeDir": "/nix/store",
            "info": {"x-a": {**ROW, "references": ["x-b"], "deriver": "x-a.drv"}},
        },
    ],
)
def test_listings_of_every_shape(listing: object) -> None:
    assert parse_path_info(json.dumps(listing).encode()) == EXPECTED


@pytest.mark.parametrize(
    "data", [b"", b"1", b"[1]", b'{"a": 1}', b'[{"path": "/x"}]', b'{"a": {"narSize": "x"}}']
)
def test_other_texts_are_refused(data: bytes) -> None:
    with pytest.raises(StoreListingError):
        parse_path_info(data)


def test_roots() -> None:
    text = "/p/profile-1-link -> /nix/store/x-env\n{censored} -> /nix/store/y\n"
    text += "/proc/1/exe -> /nix/store/z -> /nix/store/w\nnoise\n"
    assert parse_roots(text) == [
        Root("/p/profile-1-link", "x-env"),
        Root("{censored}", "y"),
        Root("/proc/1/exe -> /nix/store/z", "w"),
    ]


def test_outputs_of_recipes() -> None:
    text = 'Derive([("dev","/nix/store/x-a-dev","",""),("out","/nix/store/y-a","r:sha256","00")],'
    text += '[("/nix/store/q.drv",["out"])],[],"x","/bin/sh",[],[("a","b")])'
    assert parse_derivation_outputs(text) == ("x-a-dev", "y-a")
    assert parse_derivation_outputs('Derive([("out","","r:sha256","")],[])') == ()
    assert parse_derivation_outputs("something else [") == ()
