"""Versions, revisions, corrections, retractions (RULES 15-20)."""

import msgspec

from feeds.report import Contest, Settings
from tests.makers.events import LOCAL, POLL, area, arrive, at, baseline, broken, gone, night, only, result


def test_the_higher_revision_stands_and_the_lower_is_superseded() -> None:
    found = night(
        arrive("a_1", 1, result("Adur", {"CON": 9})), arrive("a_2", 2, result("Adur", {"CON": 10}, revision=2))
    )
    assert area(found, "Adur").elected == {"CON": 10}
    assert (found.files.counted, found.files.superseded, found.files.seen) == (1, 1, 2)


def test_a_lower_revision_that_comes_later_changes_nothing() -> None:
    found = night(
        arrive("a_2", 1, result("Adur", {"CON": 10}, revision=2)), arrive("a_1", 2, result("Adur", {"CON": 9}))
    )
    assert area(found, "Adur").elected == {"CON": 10}
    assert not found.corrections


def test_the_same_revision_with_other_figures_is_a_conflict_and_the_later_stands() -> None:
    found = night(arrive("a", 1, result("Adur", {"CON": 9})), arrive("b", 2, result("Adur", {"CON": 10})))
    assert area(found, "Adur").elected == {"CON": 10}
    assert [c.paths for c in found.conflicts] == [("a", "b")]


def test_a_new_version_of_a_path_replaces_all_it_said() -> None:
    found = night(
        arrive("s", 0, baseline("Adur", up=3), baseline("Bolton", up=3)),
        arrive("a", 1, result("Adur", {"CON": 3}), result("Bolton", {"LAB": 3})),
        arrive("a", 2, result("Adur", {"CON": 3})),
    )
    assert area(found, "Bolton").stage == "expected"
    assert [(c.area, c.what, c.before, c.after) for c in found.corrections] == [
        ("Bolton", "retraction", "(LAB 3)", "undeclared")
    ]


def test_an_area_that_no_file_mentions_any_more_does_not_exist() -> None:
    found = night(arrive("a", 1, result("Bolten", {"LAB": 3})), arrive("a", 2, result("Bolton", {"LAB": 3})))
    assert [a.name for a in only(found).areas] == ["Bolton"]
    assert [c.area for c in found.corrections] == ["Bolten"]


def test_an_explicit_retraction_returns_the_area_to_undeclared() -> None:
    found = night(
        arrive("a", 1, result("Bolton", {"LAB": 3}, control="LAB")),
        arrive("a", 2, result("Bolton", stage="retracted", revision=2)),
    )
    assert area(found, "Bolton").stage == "expected"
    assert area(found, "Bolton").elected is None
    assert found.corrections[0].what == "retraction"


def test_the_same_bytes_in_another_file_are_a_duplicate() -> None:
    found = night(arrive("a", 1, result("Adur", {"CON": 9})), arrive("b", 2, result("Adur", {"CON": 9})))
    assert (found.files.counted, found.files.duplicate) == (1, 1)
    assert not found.conflicts


def test_the_same_bytes_again_are_a_duplicate() -> None:
    found = night(arrive("a", 1, result("Adur", {"CON": 9})), arrive("a", 2, result("Adur", {"CON": 9})))
    assert (found.files.counted, found.files.duplicate) == (1, 1)


def test_going_back_to_earlier_bytes_is_a_new_version() -> None:
    first, second = result("Adur", {"CON": 9}), result("Adur", {"CON": 10})
    found = night(arrive("a", 1, first), arrive("a", 2, second), arrive("a", 3, first))
    assert area(found, "Adur").elected == {"CON": 9}
    assert (found.files.counted, found.files.superseded) == (1, 2)
    assert [c.after for c in found.corrections] == ["CON 10", "CON 9"]


def test_a_full_result_stands_over_a_rush_of_the_same_revision_whichever_comes_first() -> None:
    rush = result("Ayr", {"SNP": 1}, stage="rush")
    full = result("Ayr", {"SNP": 1})
    for pairs in ([("r", rush), ("f", full)], [("f", full), ("r", rush)]):
        found = night(*(arrive(path, i, report) for i, (path, report) in enumerate(pairs)))
        assert area(found, "Ayr").stage == "declared"


def test_a_rush_counts_and_says_that_it_is_one() -> None:
    found = night(arrive("r", 1, result("Ayr", {"SNP": 1}, stage="rush")))
    assert (area(found, "Ayr").stage, only(found).declared, only(found).parties[0].seats) == ("rush", 1, 1)


def test_a_rush_above_the_newest_result_takes_the_winner_and_puts_the_area_under_correction() -> None:
    found = night(
        arrive("r1", 1, result("Ayr", {"SNP": 1}, control="SNP")),
        arrive("r2", 2, result("Ayr", {"LAB": 1}, control="LAB", stage="rush", revision=2)),
    )
    ayr = area(found, "Ayr")
    assert (ayr.stage, ayr.control, ayr.candidates) == ("under-correction", "LAB", ())
    assert [c.what for c in found.corrections] == ["control", "seats"]


def test_a_revision_that_flips_control_is_a_correction_with_both_values() -> None:
    found = night(
        arrive("a1", 1, result("Ayton", {"CON": 2, "LAB": 1}, total=3, up=3)),
        arrive("a2", 5, result("Ayton", {"CON": 1, "LAB": 2}, total=3, up=3, revision=2)),
    )
    control, seats = found.corrections
    assert (control.what, control.before, control.after, control.path) == ("control", "CON", "LAB", "a2")
    assert (seats.before, seats.after, seats.at) == ("CON 2, LAB 1", "CON 1, LAB 2", at(5))


def test_a_revision_keeps_the_time_at_which_the_area_was_first_declared() -> None:
    found = night(
        arrive("a1", 1, result("Ayton", {"CON": 2})), arrive("a2", 5, result("Ayton", {"CON": 1}, revision=2))
    )
    declared = area(found, "Ayton").declared
    assert declared is not None
    assert (declared.at, declared.basis) == (at(1), "arrived")


def test_a_time_in_the_file_is_the_declaration_and_is_named_so() -> None:
    found = night(arrive("a", 9, result("Ayton", {"CON": 2}, declared_at=at(3))))
    declared = area(found, "Ayton").declared
    assert declared is not None
    assert (declared.at, declared.basis) == (at(3), "declared")


def test_an_arrival_at_an_unknown_time_gives_the_area_no_time() -> None:
    found = night(arrive("a", 9, result("Ayton", {"CON": 2}), basis="unknown"))
    declared = area(found, "Ayton").declared
    assert declared is not None
    assert (declared.at, declared.basis, only(found).time_unknown) == (None, "unknown", 1)


def test_a_file_that_disappears_takes_nothing_back() -> None:
    found = night(arrive("a", 1, result("Adur", {"CON": 9})), gone("a", 2))
    assert (area(found, "Adur").elected, area(found, "Adur").source_removed) == ({"CON": 9}, True)
    assert found.files.counted == 1


def test_a_file_that_comes_back_is_no_longer_marked_as_removed() -> None:
    found = night(arrive("a", 1, result("Adur", {"CON": 9})), gone("a", 2), arrive("a", 3, result("Adur", {"CON": 9})))
    assert not area(found, "Adur").source_removed


def test_a_renamed_file_goes_on_speaking_under_its_new_name() -> None:
    found = night(
        arrive("old", 1, result("Adur", {"CON": 9})), arrive("new", 2, result("Adur", {"CON": 9})), gone("old", 3)
    )
    adur = area(found, "Adur")
    assert (adur.source_removed, [f.path for f in adur.files]) == (False, ["new"])
    assert not found.corrections


def test_a_quarantined_version_leaves_the_last_good_figures() -> None:
    found = night(arrive("a", 1, result("Adur", {"CON": 9})), broken("a", 2, line=7))
    assert area(found, "Adur").elected == {"CON": 9}
    assert [(p.path, p.line, p.reason) for p in found.problems] == [("a", 7, "torn")]
    assert (found.files.counted, found.files.quarantined) == (1, 1)


def test_a_corrected_file_heals_its_problem() -> None:
    found = night(
        arrive("a", 1, result("Adur", {"CON": 9})), broken("a", 2), arrive("a", 3, result("Adur", {"CON": 10}))
    )
    assert (found.problems, found.files.quarantined, found.files.seen) == ((), 0, 3)
    assert area(found, "Adur").elected == {"CON": 10}


def test_going_back_to_the_good_bytes_heals_a_broken_file() -> None:
    good = result("Adur", {"CON": 9})
    found = night(arrive("a", 1, good), broken("a", 2), arrive("a", 3, good))
    assert found.problems == ()
    assert area(found, "Adur").elected == {"CON": 9}
    assert not found.corrections


def test_a_broken_file_that_is_deleted_is_no_problem_any_more() -> None:
    found = night(broken("a", 1), gone("a", 2))
    assert (found.problems, found.files.quarantined, found.files.superseded) == ((), 0, 1)


def test_a_part_of_a_count_that_takes_an_elected_person_back_is_a_correction_and_one_more_elected_is_none() -> None:
    first = result("Foyle", {"SDLP": 1, "SF": 1}, stage="partial", up=5)
    later = result("Foyle", {"SDLP": 1, "SF": 2}, stage="partial", up=5, revision=2)
    fewer = result("Foyle", {"SDLP": 2}, stage="partial", up=5, revision=3)
    assert not night(arrive("a", 1, first), arrive("a", 2, later)).corrections
    found = night(arrive("a", 1, first), arrive("a", 2, later), arrive("a", 3, fewer))
    assert [(c.what, c.before, c.after) for c in found.corrections] == [("seats", "SF 2", "SF 0")]


def test_a_whole_result_without_somebody_whom_a_part_had_as_elected_is_a_correction() -> None:
    part = result("Foyle", {"SF": 2}, stage="partial", up=2)
    whole = result("Foyle", {"SF": 1, "SDLP": 1}, up=2, revision=2)
    found = night(arrive("a", 1, part), arrive("a", 2, whole))
    assert [(c.what, c.before, c.after) for c in found.corrections] == [("seats", "SF 2", "SF 1")]


def test_a_part_of_a_count_that_is_taken_back_whole_is_a_retraction() -> None:
    part = result("Foyle", {"SF": 2}, stage="partial", up=5)
    found = night(arrive("a", 1, part), arrive("a", 2, result("Foyle", stage="retracted", revision=2)))
    assert [(c.what, c.before, c.after) for c in found.corrections] == [("retraction", "SF 2", "undeclared")]


def test_a_ward_in_part_that_elects_one_more_is_no_correction_and_one_fewer_is() -> None:
    first = result("Adur", {"SNP": 1}, ward="Hill", stage="partial", up=3)
    more = result("Adur", {"SNP": 1, "LAB": 1}, ward="Hill", stage="partial", up=3, revision=2)
    fewer = result("Adur", {"SNP": 1}, ward="Hill", stage="partial", up=3, revision=3)
    assert not night(arrive("a", 1, first), arrive("a", 2, more)).corrections
    found = night(arrive("a", 1, first), arrive("a", 2, more), arrive("a", 3, fewer))
    assert [(c.ward, c.what, c.before, c.after) for c in found.corrections] == [("Hill", "seats", "LAB 1", "LAB 0")]


def test_a_copy_speaks_when_the_file_it_is_a_copy_of_says_something_else() -> None:
    """As on a fresh start on the files that lie there, and with the time at which the copy came."""
    high, low = result("Adur", {"LAB": 4}, revision=9), result("Adur", {"CON": 4}, revision=3)
    again = arrive("copy", 2, high)
    overwritten = night(arrive("first", 1, high), again, arrive("first", 3, low))
    assert area(overwritten, "Adur").elected == {"LAB": 4}
    assert area(overwritten, "Adur").files == area(night(again, arrive("first", 3, low)), "Adur").files
    same = result("Adur", {"CON": 4}, revision=9)
    later = night(arrive("a", 1, high), arrive("b", 2, high), arrive("a", 3, same))
    assert area(later, "Adur").elected == {"CON": 4}


def test_a_file_that_comes_back_speaks_when_the_copy_that_spoke_for_it_says_something_else() -> None:
    high, low = result("Adur", {"LAB": 4}, revision=9), result("Adur", {"CON": 4}, revision=3)
    first, copy = arrive("first", 1, high), arrive("copy", 2, high)
    back = arrive("first", 4, high)
    found = night(first, copy, gone("first", 3), back, arrive("copy", 5, low))
    assert area(found, "Adur").elected == {"LAB": 4}


def test_settings_that_come_late_retract_nothing() -> None:
    """Contests without a date are the night's: when the night learns its date, they are still the same ones."""
    dateless = Contest(name="Local elections")
    told = msgspec.structs.replace(result("Adur", {"LAB": 4}, control="LAB"), election=dateless)
    found = night(arrive("r", 1, told), arrive("night.toml", 2, Settings(poll_date=POLL)))
    assert [h.what for h in found.happenings] == ["declared"]
    assert not found.corrections
    adur = area(found, "Adur")
    assert (adur.stage, adur.declared) == ("declared", area(night(arrive("r", 1, told)), "Adur").declared)
    assert only(found).poll_date == POLL
    assert found.files.counted == 1


def test_a_code_that_is_learned_late_retracts_nothing() -> None:
    by_name, by_code = result("Adur", {"LAB": 4}), result("Adur District", {"LAB": 4}, code="E07000223", revision=2)
    both = baseline("Adur", {"LAB": 4}, total=4, code="E07000223")
    found = night(arrive("a", 1, by_name), arrive("b", 2, by_code), arrive("c", 3, both))
    assert len(only(found).areas) == 1
    assert [c.what for c in found.corrections] == []


def test_two_names_of_one_place_become_one_area_and_nothing_is_retracted() -> None:
    by_name, by_code = result("Adur", {"LAB": 4}), result("Adur District", {"LAB": 4}, code="E07000223", revision=2)
    apart = night(arrive("a", 1, by_name), arrive("b", 2, by_code))
    both = night(arrive("a", 1, by_name), arrive("b", 2, by_code), arrive("c", 3, result("Adur", code="E07000223")))
    assert [a.name for a in only(apart).areas] == ["Adur", "Adur District"]
    assert len(only(both).areas) == 1
    assert [c.what for c in both.corrections] == []


def test_an_undeclared_area_of_a_dateless_contest_goes_on_when_the_night_learns_its_date() -> None:
    before = msgspec.structs.replace(baseline("Adur", {"LAB": 4}, total=4, up=4), election=Contest(name=LOCAL.name))
    found = night(arrive("b", 1, before), arrive("night.toml", 2, Settings(poll_date=POLL)))
    assert [(a.name, a.stage) for a in only(found).areas] == [("Adur", "expected")]
