"""RULES 23: which file names and election names mark test data, and which are only places."""

import pytest

from feeds import testmark


@pytest.mark.parametrize(
    "path",
    [
        "Local_Test_result_Adur_1.xml",
        "results/Local_Test_result_Test_Valley_1.xml",
        "Local_Test_SOP_England_98.xml",
        "Test_General_Election_SOP_650.xml",
        "London_mayor_test_result_London_round_1_rev_1.xml",
        "EU_TEST_running_totals_4.xml",
        "Local_Test_NOMINATIONS_Adur.xml",
    ],
)
def test_the_word_test_before_the_kind_marks_a_file(path: str) -> None:
    assert testmark.test_in_name(path)


@pytest.mark.parametrize(
    "path",
    [
        "Local_result_Test_Valley_1.xml",
        "Test/Local_result_Adur_1.xml",
        "General_Election_result_Southampton,_Test_1.xml",
        "Southampton_Test_By-election_rush_Southampton,_Test_1.xml",
        "Local_Testing_result_Adur_1.xml",
        "Latest_result_Adur_1.xml",
        "result_Test_Valley.xml",
        "Test Valley.csv",
        "test.csv",
        "",
    ],
)
def test_a_place_a_directory_or_part_of_a_word_marks_nothing(path: str) -> None:
    assert not testmark.test_in_name(path)


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("Scottish Parliament Test", True),
        ("London mayor test", True),
        ("Test General Election", True),
        ("Test Valley Test", True),
        ("Test Valley", False),
        ("Southampton, Test", False),
        ("Southampton Test by-election", False),
        ("Contest", False),
        ("Local elections", False),
    ],
)
def test_an_election_is_a_test_by_the_whole_word_and_not_by_a_place(name: str, marked: bool) -> None:
    assert testmark.test_in_election(name) is marked
