"""A start loads what its first picture needs; what is put off then is there as soon as it is wanted."""

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.loading import SELDOM_WANTED

WANTED = {
    "tokenize": "generate_tokens",
    "textwrap": "shorten",
    "ipaddress": "ip_address",
    "mimetypes": "guess_type",
    "msgspec.inspect": "type_info",
    "msgspec.toml": "decode",
    "msgspec.yaml": "decode",
}
"""Something of each."""

COMMAND = """
import sys
import click
from dashboard.cli import group
group.get_command(click.Context(group), {name!r})
"""

SCREEN = """
from dashboard.commands.live import types_later
types_later()
import dashboard.app
"""


def run(code: str) -> list[str]:
    """Return the words that a piece of code prints in a process of its own."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("name", ["watch", "demo", "replay"])
def test_a_command_with_a_screen_loads_asyncio_without_encrypted_connections(name: str) -> None:
    told = "import asyncio.sslproto as p; print('asyncio' in sys.modules, p.ssl is None, 'ssl' in sys.modules)"
    assert run(COMMAND.format(name=name) + told) == ["True", "True", "False"]


def test_the_server_has_encrypted_connections() -> None:
    told = "import asyncio.sslproto as p; print(p.ssl is None)"
    assert run(COMMAND.format(name="serve") + told) == ["False"]


def test_encrypted_connections_can_be_loaded_when_somebody_wants_them_after_all() -> None:
    told = "import ssl, asyncio; print(ssl.create_default_context().check_hostname, asyncio.run(asyncio.sleep(0, 5)))"
    assert run(COMMAND.format(name="watch") + told) == ["True", "5"]


def test_those_that_are_loaded_already_stay() -> None:
    told = "print(sys.modules['ssl'] is ssl)"
    assert run(f"import ssl{COMMAND.format(name='watch')}{told}") == ["True"]


def test_a_screen_loads_no_widgets_that_it_never_has() -> None:
    told = "import sys; print(*(f'textual.widgets._{name}' in sys.modules for name in ('select', 'tree', 'input')))"
    assert run(SCREEN + told) == ["False", "False", "True"]


def test_the_types_of_those_widgets_are_there_when_they_are_wanted() -> None:
    told = """
from textual.types import IgnoreReturnCallbackType, SelectType, CSSPathType
import textual._types, textual.types, textual.widgets._select as select
print(SelectType is select.SelectType, IgnoreReturnCallbackType is textual._types.IgnoreReturnCallbackType)
print(textual.types.SelectType is SelectType, textual.types.__file__.endswith("types.py"))
"""
    assert run(SCREEN + told) == ["True"] * 4


def test_a_type_that_is_not_there_is_not_there() -> None:
    told = """
try:
    from textual.types import NoSuchType
except ImportError:
    print("none")
"""
    assert run(SCREEN + told) == ["none"]


def test_a_collection_of_types_that_is_loaded_already_stays() -> None:
    told = "import textual.types; print(textual.types.__file__.endswith('types.py'))"
    assert run(f"import textual.types\n{SCREEN}{told}") == ["True"]


@pytest.mark.parametrize("name", SELDOM_WANTED)
def test_a_module_that_is_seldom_wanted_is_loaded_when_it_is(name: str) -> None:
    told = f"""
import sys, dashboard.cli, msgspec
from importlib import import_module
first = sys.modules[{name!r}]
names = [each for each in vars(import_module({name!r})) if not each.startswith("_")]
print(hasattr(first, "__file__"), names == [])
import {name} as later
wanted = {WANTED[name]!r}
print(getattr(later, wanted) is getattr(first, wanted) is getattr(sys.modules[{name!r}], wanted))
print(sys.modules[{name!r}].__file__ is not None, sys.modules[{name!r}] is not first)
"""
    assert run(told) == ["False", "True", "True", "True", "True"]


def test_a_module_that_has_not_what_is_wanted_says_so() -> None:
    told = """
import dashboard.cli, ipaddress
try:
    ipaddress.no_such_thing
except AttributeError as error:
    print(error)
"""
    assert " ".join(run(told)) == "module 'ipaddress' has no attribute 'no_such_thing'"


def test_an_error_is_told_with_its_lines_of_code_though_what_reads_them_is_loaded_for_it(tmp_path: Path) -> None:
    script = tmp_path / "wrong.py"
    script.write_text("from dashboard.cli import crash\ntry:\n    1 / 0\nexcept ValueError:\n    pass\n")
    code = f"""
import sys, runpy
from dashboard import crash, cli
try:
    runpy.run_path({str(script)!r})
except ZeroDivisionError as error:
    sys.stdout.write(crash.crash_text(error))
"""
    assert "1 / 0" in " ".join(run(code))


LATER = (
    *("dashboard.transport", "dashboard.alerts", "dashboard.own_themes", "dashboard.config_file", "tomllib"),
    *("dashboard.screens.watching", "dashboard.screens.once", "dashboard.panels.page", "dashboard.count.turning"),
)


def test_a_screen_loads_what_no_first_picture_needs_with_the_key_that_does() -> None:
    told = f"import sys; print(*(name for name in {LATER!r} if name in sys.modules))"
    assert run(COMMAND.format(name="watch") + SCREEN + told) == []


def test_no_settings_are_no_trouble_and_load_nothing_that_reads_them(tmp_path: Path) -> None:
    told = """
import sys
from pathlib import Path
from dashboard.commands import looks
from dashboard.config import Config
print(looks._settings(Path({place!r})) == (Config(), ()), "dashboard.config_file" in sys.modules)
"""
    assert run(told.format(place=str(tmp_path / "none" / "config.toml"))) == ["True", "False"]
