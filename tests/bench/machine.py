"""What the figures were measured on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

VERSIONS = ("textual", "rich", "watchfiles", "msgspec", "click")


def machine() -> dict[str, str]:
    """Return in words what the benchmarks run on, and how busy it is before they begin."""
    busy = os.getloadavg()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; load before the first: {busy:.1f}",
        "system": platform.platform(),
        "versions": ", ".join(
            [f"python {platform.python_version()}", *(f"{name} {version(name)}" for name in VERSIONS)]
        ),
        "terminal": "a pseudo-terminal of 200 by 60 cells, true colour; the screen is the real program's",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    found = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return f"{found.get('model name', platform.machine())} at {found.get('cpu MHz', '?').partition('.')[0]} MHz"
