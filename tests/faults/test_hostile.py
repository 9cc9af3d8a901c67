"""The long scripts of this directory in a form that takes seconds."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import hostile_text
from tests.faults.fuzz_targets import TARGETS
from tests.faults.hostile import CONTROLS, SEQUENCES, names, strings, tokens
from tests.faults.malformed import opened_meanwhile, read_all
from tests.faults.malformed_files import GROUPS

FOUND = [
    ("pa_local", b"<a>\n<=\nb/></a>"),
    ("pa_local", b"<a>\n<b\n\n=/></a>"),
    ("pa_local", b"<a \x7f='1'/>"),
    ("native", b"<\x7f"),
    ("native", b"<\xc2\x9b/>"),
    ("native", b'{"results":[{"elected":{"name":"A",{"c":""},"'),
    ("native", b'{"totals":[{"election":{},"parties":{"\xe2\x81\xa6":1}}]}'),
]
"""What the fuzzer found once, by target, as short as it can be."""

SMALL = {"entity-billion.xml", "depth.xml", "attributes-within.xml", "elements-within.xml", "keys-within.json"}
SMALL |= {"lists-within.json", "columns-row.csv", "depth/night.toml", "zeros.xlsx"}
SMALL |= {"far.xlsx", "overlapping.xlsx", "utf7.xml", "nan.json"}


def test_hostile_strings_are_clean_at_once_and_for_ever() -> None:
    faults = {fault for text in strings(7, 3_000) if (fault := hostile_text.fault_of(text)) is not None}
    assert faults == set()


def test_every_control_character_and_sequence_alone_is_cleaned() -> None:
    assert [text for text in (*CONTROLS, *SEQUENCES) if hostile_text.fault_of(text) is not None] == []


def test_a_foreign_sequence_is_told_from_one_of_the_program() -> None:
    own = tokens(b"\x1b[1;1HA\x1b[0m\x1b]22;pointer\x07")[0]
    for text in SEQUENCES:
        foreign = tokens(b"A" + text.encode())[0] - own
        assert foreign or text in {"\x1b[7;77H", "\x1b[31;77m"}, ascii(text)
    assert tokens("n1 Môn\x1b[0m⟨U+009B⟩".encode())[1] == ["n1 Môn", "⟨U+009B⟩"]


def test_hostile_names_on_the_real_screen_are_shown_as_they_were_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_text, "ON_A_SCREEN", 60)
    assert hostile_text.screens(60, 5) == 0


def test_hostile_names_and_arguments_in_every_other_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_text, "ON_A_SCREEN", 30)
    assert hostile_text.outputs(5, list(hostile_text.FORMS)[::3]) == 0
    assert hostile_text.arguments(5, 5) == 0


def test_malformed_files_are_refused_in_little_memory_and_nothing_is_opened(tmp_path: Path) -> None:
    files = {path: make for group in GROUPS.values() for path, make in group().items()}
    trace = tmp_path / "trace" if shutil.which("strace") else None
    found = list(read_all({path: files[path] for path in SMALL}, tmp_path, trace))
    # How long it took depends on the machine: the script judges that.
    assert [(o.path, wrong) for o in found for wrong in o.faults() if not wrong.endswith(" s")] == []
    assert {outcome.path for outcome in found} == SMALL
    assert trace is None or opened_meanwhile(trace.read_text()) == []


def test_what_a_reader_opens_is_seen_in_the_trace() -> None:
    calls = ['7 access("/reading-begins", F_OK) = -1', '7 openat(AT_FDCWD, "/etc/passwd") = 3', '8 openat("x") = 3']
    assert opened_meanwhile("\n".join([*calls, '7 access("/reading-ends", F_OK) = -1', "7 socket() = 4"])) == calls[1:2]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_the_fuzzer_found_once_holds(name: str, data: bytes) -> None:
    TARGETS[name].check(data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_fuzzer_begins_with_is_read(name: str) -> None:
    for data in TARGETS[name].corpus():
        TARGETS[name].check(data)


def test_without_the_fuzzer_one_sentence_says_how_to_get_it() -> None:
    if importlib.util.find_spec("atheris") is not None:
        pytest.skip("it is installed here")
    command = [sys.executable, "-m", "tests.faults.fuzz", "--child", "text"]
    told = subprocess.run(command, capture_output=True, check=False, text=True)
    assert told.stderr.startswith("fuzzing needs atheris: pip install atheris")


def test_names_have_numbers_so_that_none_is_another() -> None:
    assert len({name[:6] for name in names(1, 500)}) == 500
