"""`data` lists, exports and deletes everything that the program keeps."""

import argparse
import json
import sys
import tarfile
from pathlib import Path

from nixforhumanity.assistant.rendering import size
from nixforhumanity.compose.stores import all_stores, delete_stores, server_is_running
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.stores import Store
from nixforhumanity.core.wording import Wording


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("data", help="list, export or delete everything that is kept")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list what is kept and where")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    export = actions.add_parser("export", help="copy everything that is kept into one archive")
    export.add_argument("file", type=Path, metavar="FILE", help="the archive to write, .tar.gz")
    export.add_argument("--json", action="store_true", help="print JSON")
    export.set_defaults(run=_export)
    delete = actions.add_parser("delete", help="delete everything that is kept")
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


def _list(arguments: argparse.Namespace) -> int:
    rows = _rows(all_stores(Folders.of_this_user()))
    if arguments.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        amount = size(int(str(row["bytes"]))) if row["exists"] else "–"
        print(f"{row['name']:<16} {amount:>10}  {row['path']}\n{'':<16} {'':>10}  {row['holds']}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    stores = all_stores(Folders.of_this_user())
    target: Path = arguments.file
    if target.exists():
        raise UserError("export-exists", path=str(target))
    try:
        with tarfile.open(target, "x:gz") as archive:
            for store in stores:
                for path in store.files:
                    archive.add(path, arcname=f"{store.name}/{path.name}")
    except OSError as error:
        target.unlink(missing_ok=True)
        raise UserError("export-failed", path=str(target), reason=error.strerror or str(error)) from error
    target.chmod(0o600)
    count = sum(len(store.files) for store in stores)
    if arguments.json:
        print(json.dumps({"file": str(target), "files": count}))
    else:
        print(Wording().text("export-done", path=str(target), count=count))
    return 0


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
    deleted = delete_stores(stores)
    if arguments.json:
        print(json.dumps({"deleted": [str(path) for path in deleted.files], "bytes": deleted.bytes}))
    else:
        print(words.text("delete-done", count=len(deleted.files), size=size(deleted.bytes)))
    return 0
