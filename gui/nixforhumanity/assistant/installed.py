"""Finding programs among the elements of a profile; one program may be several elements."""

from collections.abc import Sequence

from nixforhumanity.assistant.host import InstalledPackage


def find_installed(installed: Sequence[InstalledPackage], attribute: str) -> InstalledPackage | None:
    """Return the element of the profile that is this package; None where that is not certain."""
    found = maybe_installed(installed, attribute)
    return found[0] if len(found) == 1 else None


def maybe_installed(installed: Sequence[InstalledPackage], attribute: str) -> list[InstalledPackage]:
    """Return what may be this package: by attribute where that fits, else all that are called like it.

    A profile does not always say of which set a package came: `numpy` may be `python3Packages.numpy`.
    """
    if exact := [item for item in installed if item.attribute == attribute]:
        return [min(exact, key=_plainness)]
    last = attribute.rpartition(".")[2]
    return one_each([item for item in installed if last in (item.attribute, item.element)])


def parts_of(installed: Sequence[InstalledPackage], known: InstalledPackage) -> list[InstalledPackage]:
    """Return the elements that one package is made of: an exact build is put back output by output."""
    return [item for item in installed if _is_part(item, known)]


def one_each(installed: Sequence[InstalledPackage]) -> list[InstalledPackage]:
    """Return one element for each program: the plainest of those that are outputs of the same package."""
    programs: list[InstalledPackage] = []
    for item in sorted(installed, key=_plainness):
        if not any(_is_part(item, program) for program in programs):
            programs.append(item)
    return [item for item in installed if any(item is program for program in programs)]


def _is_part(item: InstalledPackage, known: InstalledPackage) -> bool:
    return item.attribute == known.attribute and f"{item.version}-".startswith(f"{known.version}-")


def _plainness(item: InstalledPackage) -> tuple[int, int, str]:
    return len(item.version), len(item.element), item.element
