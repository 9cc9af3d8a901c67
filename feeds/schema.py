"""The JSON Schema of the native document, made from the records themselves."""

from typing import Any, Final

import msgspec

from feeds.formats.native import Document

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a native document, as a value that JSON can write."""
    made = {"$schema": DIALECT, "title": "Election night: results, baselines, quotes, notes"}
    made |= msgspec.json.schema(Document)
    return msgspec.json.decode(msgspec.json.encode(made), type=dict[str, Any])
