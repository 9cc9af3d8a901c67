"""Small files that are kept between runs: put in place in one step, so that they are never half there."""

import os
import tempfile
from pathlib import Path


def put_in_place(path: Path, data: bytes) -> None:
    """Write a file under another name and give it its own in one step; its directory is made where it is not there.

    Raises OSError where that cannot be done; what was there before is there then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
