"""`data` lists, exports and deletes everything that the program keeps."""

import argparse
import json
import os
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from nixforhumanity.assistant.rendering import size
from nixforhumanity.compose.language_model import (
    forget_model_key,
    model_key_kept_for,
    note_model_key,
)
from nixforhumanity.compose.stores import all_stores, delete_stores, server_is_running
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.stores import Store
from nixforhumanity.core.wording import Wording

KEY_ROW = "language-model-key"
_SQLITE = b"SQLite format 3\0"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "data",
        help="list, export or delete everything that is kept",
        description="Show, copy or delete every file that this program keeps.\n"
        "Programs installed with Nix stay.",
        epilog="examples:\n"
        "  nix-for-humanity data list\n"
        "  nix-for-humanity data export everything.tar.gz\n"
        "  nix-for-humanity data delete              asks before it deletes\n\n"
        "exit codes:\n"
        "  0 done    1 failed, not done, or a key is left    2 the command line was not understood",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list",
        help="list what is kept and where",
        description="List every file that is kept: its size, where it is, and what it holds.",
        epilog="example:\n  nix-for-humanity data list --json",
    )
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    export = actions.add_parser(
        "export",
        help="copy everything that is kept into one archive",
        description="Copy everything into one archive that only you can read.\nA file is never overwritten.",
        epilog="example:\n  nix-for-humanity data export everything.tar.gz",
    )
    export.add_argument("file", type=Path, metavar="FILE", help="the archive to write, .tar.gz")
    export.add_argument("--json", action="store_true", help="print JSON")
    export.set_defaults(run=_export)
    delete = actions.add_parser(
        "delete",
        help="delete everything that is kept",
        description="Delete all conversations, the journal, the settings, and the key of\n"
        "the language model in the keyring. This cannot be undone.\n"
        "Programs installed with Nix stay. Close the window and stop the server first.",
        epilog="examples:\n  nix-for-humanity data delete\n  nix-for-humanity data delete --yes",
    )
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.add_argument("--json", action="store_true", help="print JSON")
    delete.set_defaults(run=_delete)


def _rows(stores: tuple[Store, ...]) -> list[dict[str, object]]:
    words = Wording()
    return [
        {
            "name": store.name,
            "path": str(store.path),
            "holds": words.text(store.holds),
            "exists": bool(store.files),
            "bytes": store.size_bytes,
        }
        for store in stores
    ]


def _kept_in_the_keyring(folders: Folders) -> list[dict[str, object]]:
    """Return the row of the language model's key. The keyring is not asked, and the key is not read."""
    words = Wording()
    kept = bool(model_key_kept_for(folders))
    return [
        {
            "name": KEY_ROW,
            "path": words.text("keyring-place"),
            "holds": words.text("store-language-model-key"),
            "exists": kept,
            "bytes": 0,
        }
    ]


def _list(arguments: argparse.Namespace) -> int:
    folders = Folders.of_this_user()
    rows = [*_rows(all_stores(folders)), *_kept_in_the_keyring(folders)]
    if arguments.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        amount = size(int(str(row["bytes"]))) if row["exists"] else "–"
        if row["exists"] and not row["bytes"] and row["name"] == KEY_ROW:
            amount = Wording().text("data-key-kept")
        print(f"{row['name']:<16} {amount:>10}  {row['path']}\n{'':<16} {'':>10}  {row['holds']}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    stores = all_stores(Folders.of_this_user())
    target: Path = arguments.file
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError as error:
        raise UserError("export-exists", path=str(target)) from error
    except OSError as error:
        raise UserError("export-failed", path=str(target), reason=error.strerror or str(error)) from error
    try:
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
            count = sum(_add(archive, store) for store in stores)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise UserError("export-failed", path=str(target), reason=error.strerror or str(error)) from error
    if arguments.json:
        print(json.dumps({"file": str(target), "files": count}))
    else:
        print(Wording().text("export-done", path=str(target), count=count))
    return 0


def _add(archive: tarfile.TarFile, store: Store) -> int:
    """Add a store's files and return how many; a database goes in as one whole copy, its log included."""
    count = 0
    copied: set[str] = set()
    for path in store.files:  # sorted: a database comes before its `-wal` and `-shm`
        if str(path) in copied:
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder, path.name)
                whole = _copy_database(path, copy)
                archive.add(copy if whole else path, arcname=f"{store.name}/{path.name}")
        except FileNotFoundError:  # a running server took it away meanwhile
            continue
        if whole:
            copied |= {f"{path}-wal", f"{path}-shm"}
        count += 1
    return count


def _copy_database(path: Path, copy: Path) -> bool:
    """Copy a SQLite database as it is between two changes; False when it is none that can be read."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            return False
    try:
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error:
        return False
    return True


def _delete(arguments: argparse.Namespace) -> int:
    folders = Folders.of_this_user()
    if server_is_running(folders):
        raise UserError("delete-while-running")
    stores = all_stores(folders)
    words = Wording()
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise UserError("delete-needs-yes")
        count = sum(len(store.files) for store in stores)
        question = words.text("delete-question", count=count)
        if input(question + " ").strip().casefold() not in ("yes", "y"):
            print(words.text("delete-not-done"))
            return 1
    left: UserError | None = None
    kept_for = model_key_kept_for(folders)
    try:
        forget_model_key(folders)  # first: the settings, which go with the rest, say whether there is one
    except UserError as error:
        left = error
    deleted = delete_stores(stores)
    if arguments.json:
        names = [KEY_ROW] if left is not None else []
        files = [str(path) for path in deleted.files]
        print(json.dumps({"deleted": files, "bytes": deleted.bytes, "left": names}))
    else:
        print(words.text("delete-done", count=len(deleted.files), size=size(deleted.bytes)))
    if left is None:
        return 0
    print(words.text("delete-key-left", reason=str(left.parameters.get("reason", ""))), file=sys.stderr)
    with suppress(UserError):  # it is said already; with this note the next try knows of the key
        note_model_key(folders, kept_for)
    return 1
