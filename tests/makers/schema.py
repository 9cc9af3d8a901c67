"""Writes `docs/tally.schema.json` again from the types: `python -m tests.makers.schema`."""

from pathlib import Path

from dashboard.view.document import json_text, schema

if __name__ == "__main__":
    (Path(__file__).parents[2] / "docs" / "tally.schema.json").write_text(json_text(schema()), encoding="utf-8")
