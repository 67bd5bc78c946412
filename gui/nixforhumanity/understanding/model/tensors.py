"""Reads a file of named arrays in the safetensors format by memory map."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = {"F32": np.float32, "F16": np.float16, "I8": np.int8, "I32": np.int32}
_LARGEST_HEADER = 1 << 20


def mapped_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file without reading them; raise ValueError when it is no such file.

    The format: eight bytes with the length of a JSON header (little endian), the header with type, shape and
    offsets of each array, then the arrays' bytes.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(_LARGEST_HEADER, size - 8):
            raise ValueError(f"{path.name} is no file of arrays")
        header: dict[str, Any] = json.loads(file.read(length))
    header.pop("__metadata__", None)
    found: dict[str, NDArray[Any]] = {}
    for name, row in header.items():
        begin, end = row["data_offsets"]
        array = np.memmap(path, _KINDS[row["dtype"]], "r", 8 + length + begin, tuple(row["shape"]))
        if array.nbytes != end - begin:
            raise ValueError(f"{path.name}: {name} has the wrong size")
        found[name] = array
    return found
