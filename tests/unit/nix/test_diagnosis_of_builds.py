"""Errors as Nix, compilers and other tools print them, and what a person is told of each."""

import pytest

from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.diagnosis import explain

DRV = "/nix/store/62mxxks83wx0k4wiy8nl090yniqixihi-photo-tool-1.4.drv"
FAILED = f"error: builder for '{DRV}' failed with exit code 2"


# The text as it comes, the id that it is known by, and words that must be in what is told.
MESSAGES = [
    ("main.c:3:10: fatal error: zlib.h: No such file or directory", "missing-header", "package zlib"),
    ("src/a.cpp:1:10: fatal error: 'openssl/ssl.h' file not found", "missing-header", "openssl"),
    ("x.c:1:10: fatal error: obscure.h: No such file or directory", "missing-header", "obscure.h"),
    ("/usr/bin/ld: cannot find -lz: No such file or directory", "missing-library", "zlib"),
    ("ld: library not found for -lssl", "missing-library", "openssl"),
    ("No package 'gtk+-3.0' found", "missing-pkg-config", "gtk3"),
    ("Package libudev was not found in the pkg-config search path.", "missing-pkg-config", "systemd"),
    ('meson.build:9:0: Dependency "glib-2.0" not found, tried pkgconfig', "missing-pkg-config", "glib"),
    (
        "CMake Error: Could NOT find OpenSSL, try to set the path (missing: OPENSSL_LIBRARY)",
        "missing-pkg-config",
        "openssl",
    ),
    ("ModuleNotFoundError: No module named 'numpy'", "missing-python-module", "python3Packages.numpy"),
    ("ImportError: No module named yaml.reader", "missing-python-module", "pyyaml"),
    (
        ("./app: error while loading shared libraries: libGL.so.1: cannot open shared object file:"
        " No such file or directory"),
        "missing-shared-library",
        "libGL",
    ),
    ("sh: 1: cmake: not found", "missing-command", "package cmake"),
    ("/build/configure: line 42: pkg-config: command not found", "missing-command", "pkg-config"),
    ("error: command 'gcc' failed: No such file or directory", "missing-command", "package gcc"),
    ("make: git: No such file or directory", "missing-command", "package git"),
    ("env: ‘node’: No such file or directory", "missing-command", "nodejs"),
    ("configure: error: no acceptable C compiler found in $PATH", "missing-compiler", "compiler"),
    ("error: linker `cc` not found", "missing-compiler", "compiler"),
    ("1 out of 1 hunk FAILED\nHunk #1 FAILED at 12.", "patch-failed", "correction"),
    ("main.o: undefined reference to `deflateInit_'", "undefined-reference", "deflateInit_"),
    ("FAILED (failures=2)", "tests-failed", "tests"),
    ("test result: FAILED. 3 passed; 1 failed;", "tests-failed", "tests"),
    ("g++: fatal error: Killed signal terminated program cc1plus", "killed", "memory"),
    (f"error: builder for '{DRV}' failed due to signal 9 (Killed)", "killed", "memory"),
    (
        f"error: builder for '{DRV}' failed due to signal 11 (Segmentation fault)",
        "build-crashed",
        "Segmentation fault",
    ),
    (
        f"error: building of '{DRV}!out' from .drv file timed out after 600 seconds",
        "build-timeout",
        "600 seconds",
    ),
    (
        f"error: building of '{DRV}!out' from .drv file timed out after 30 seconds of silence",
        "build-timeout",
        "longer",
    ),
    ("error: the group 'nixbld' specified in 'build-users-group' does not exist", "build-users", "nixbld"),
    ("error: the build users group 'nixbld' has no members", "build-users", "nixbld"),
    ("error: cloning builder process: Operation not permitted", "sandbox", "closed space"),
    ("error: creating pipe: Too many open files", "open-files", "ulimit"),
    ("error: current Nix store schema is version 11, but I only support 10", "store-schema", "newer Nix"),
    ("error: profile manifest '/x/manifest.json' has unsupported version 3", "manifest-version", "newer"),
    (
        ("error: unable to download 'https://cache.example/x.narinfo': SSL peer certificate or SSH remote key"
        " was not OK (60)"),
        "tls",
        "certificate",
    ),
    (
        ("error: unable to download 'https://cache.example/x': Problem with the SSL CA cert (path? access"
        " rights?) (77)"),
        "tls",
        "certificate",
    ),
    (
        "error: unable to download 'https://old.example/x.tar.gz': HTTP error 404 ('')",
        "download-gone",
        "https://old.example/x.tar.gz",
    ),
    ("error: unable to download 'https://c.example/x': HTTP error 503 ('')", "server-error", "503"),
    ("error: unable to download 'https://c.example/x': HTTP error 401 ('')", "login-needed", "who you are"),
    ("error: unable to download 'https://c.example/x': HTTP error 429 ('')", "too-many-requests", "429"),
    (
        "error: unable to download 'https://c.example/x': Couldn't resolve host name (6)",
        "download",
        "connected to the internet",
    ),
    (
        ("error: getting the HEAD of the Git tree '/etc/nixos' failed with exit code 1:\n"
        "       error: executing 'git': No such file or directory"),
        "git-missing",
        "Install git",
    ),
    (
        ("fatal: '/home/me/none' does not appear to be a git repository\n"
        "error: program 'git' failed with exit code 128"),
        "git-repository",
        "repository",
    ),
    ("error: opening lock file '/nix/var/nix/db/big-lock': Permission denied", "permission-store", "store"),
    ("error: creating directory '/nix/store/.links': Permission denied", "permission-store", "store"),
    (
        ("error: attribute 'firefoxx' missing\n\n       at «string»:1:1:\n\n            1| x\n"
        "             | ^\n       Did you mean firefox?"),
        "attr-missing-suggestion",
        "firefox.",
    ),
    (
        ("error: flake 'path:/etc/nixos' does not provide attribute 'packages.x86_64-linux.helo',"
        " 'legacyPackages.x86_64-linux.helo' or 'helo'\n       Did you mean hello?"),
        "flake-attr-suggestion",
        "hello",
    ),
    (
        (f"error: a 'x86_64-linux' with features {{kvm}} is required to build '{DRV}', but I am a"
        " 'x86_64-linux' with features {benchmark, big-parallel}"),
        "missing-features",
        "kvm",
    ),
    (
        (f"error: a 'aarch64-darwin' with features {{}} is required to build '{DRV}', but I am a"
        " 'x86_64-linux' with features {benchmark, big-parallel, kvm, nixos-test}"),
        "wrong-system",
        "aarch64-darwin",
    ),
    ("error: cannot write modified lock file of flake 'path:/nix/store/x-y'", "flake-lock", "flake.lock"),
    ("error: 'github:no such' is not a valid URL", "flake-address", "github:no such"),
    (
        (f"error: cannot build '{DRV}' during evaluation because the option 'allow-import-from-derivation' is"
        " disabled"),
        "build-while-reading",
        "switched off",
    ),
    ("error: string 'foo/bar' doesn't represent an absolute path", "relative-path", "foo/bar"),
    (
        (f"error: in 'toFile': the file named 'x' must not contain a reference to a derivation but contains"
        f" (!out!{DRV})"),
        "store-reference",
        "writeText",
    ),
    ("This version of Nixpkgs requires Nix >= 2.18, please upgrade:", "too-new", "2.18"),
    (
        "error: file 'nixpkgs' was not found in the Nix search path (add it using $NIX_PATH or -I)",
        "nix-path",
        "nixpkgs",
    ),
    (
        ("error: experimental Nix feature 'nix-command' is disabled; use '--extra-experimental-features"
        " nix-command' to override"),
        "experimental",
        "nix-command",
    ),
    (
        ("error: getting status of '/nix/store/bh7d3n1i0d9z0haqpkrj1g4ba9x8l5c1-source/b.nix': No such file"
        " or directory"),
        "flake-untracked",
        "git add",
    ),
    ("error: infinite recursion encountered\n\n       at «string»:1:13:", "infinite-recursion", "itself"),
    ("error: undefined variable 'vim'\n\n       at /etc/nixos/a.nix:27:5:", "undefined-variable", "vim"),
    ("error: syntax error, unexpected end of file", "syntax-eof", "never closed"),
    ("error: writing to file: No space left on device", "disk-full", "The disk is full"),
    (
        ("error: packages '/nix/store/62mxxks83wx0k4wiy8nl090yniqixihi-vim-9.1/bin/vi' and"
        " '/nix/store/72mxxks83wx0k4wiy8nl090yniqixihi-busybox-1.36/bin/vi' have the same priority 5; use"
        " 'nix-env --set-flag priority NUMBER INSTALLED_PKGNAME' to change the priority of one of the"
        " conflicting packages (0 being the highest priority)"),
        "collision",
        "bin/vi",
    ),
    (f"{FAILED};", "builder-failed", "photo-tool-1.4 could not be built"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known", "said"), MESSAGES)
def test_what_is_told_of_a_real_message(text: str, known: str, said: str) -> None:
    found = explain([text])
    assert known in (found.known, found.meaning.id.removeprefix("nix-error-") if found.meaning else "")
    assert found.advice is not None
    words = Wording()
    told = " ".join(
        words.text(one) for one in (found.message, found.meaning, found.advice) if one is not None
    )
    assert said in told, told
    assert "{" not in told.replace("{}", ""), told
    assert "nix-error-" not in told, told


@pytest.mark.parametrize(
    ("line", "known", "said"),
    [
        ("main.c:3:10: fatal error: zlib.h: No such file or directory", "missing-header", "package zlib"),
        ("sh: 1: cmake: not found", "missing-command", "cmake"),
        ("curl: (6) Could not resolve host: example.org", "build-without-network", "no internet"),
        ("FAILED (errors=1)", "tests-failed", "tests"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_a_failed_build_names_the_package_and_the_cause(
    line: str, known: str, said: str, before: bool
) -> None:
    """Nix 2.8 prints the builder's lines before its error; others quote them below it."""
    text = (
        f"gcc -O2 -c main.c\n{line}\n{FAILED}"
        if before
        else f"{FAILED};\n       last 1 log lines:\n       > {line}"
    )
    found = explain([text])
    words = Wording()
    assert found.known == "builder-failed"
    assert words.text(found.message) == "photo-tool-1.4 could not be built."
    assert found.meaning is not None
    assert found.meaning.id.startswith(f"nix-error-{known}")
    assert said in words.text(found.meaning)
    assert found.advice is not None
    assert found.advice.id.startswith(f"nix-error-{known}")


def test_no_internet_outside_of_a_build_is_no_builds_fault() -> None:
    found = explain(["curl: (6) Could not resolve host: example.org"])
    assert found.known == "download"
