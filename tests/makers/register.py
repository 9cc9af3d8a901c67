"""The party register as it is read, made of the one that people write: run this after a change of `parties.toml`."""

import tomllib
from pathlib import Path

import msgspec

from feeds import parties

WRITTEN = Path(parties.__file__).with_name("parties.toml")
READ = Path(parties.__file__).with_name("parties.json")


def made() -> bytes:
    """Return `parties.json` as it should be: a line for each party, in the order of the register."""
    told = tomllib.loads(WRITTEN.read_text(encoding="utf-8"))["party"]
    lines = [msgspec.json.encode(msgspec.convert(party, parties.Party)) for party in told]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


if __name__ == "__main__":
    READ.write_bytes(made())
