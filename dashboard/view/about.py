"""What each panel, picture and page shows, in two or three sentences: the first thing that the help says."""

from typing import Final, NamedTuple


class About(NamedTuple):
    """The name of what is in front of the reader, and what it shows."""

    title: str
    text: str


PAGES: Final = {
    "seats": About(
        "Seats",
        "The seats won tonight by each party, wards of undeclared councils included. Change and control are "
        "over what has declared, against the baseline in the title. A shadow behind a bar is where the party stood.",
    ),
    "changes": About(
        "Control changes",
        "Who runs what, newest first: gains, losses, new councils, corrections, and calls that are certain by "
        "arithmetic alone before all is declared. ↵ or two clicks open the area.",
    ),
    "areas": About(
        "Table",
        "Every council or constituency, declared or not: when and on what basis, control, seats. “Lab need 12 of 21” "
        "is what is still to be won for a majority, of what is still out. The cursor stays with its row.",
    ),
    "area": About(
        "One area",
        "Before and after, the way to control, wards or candidates with votes, quotes and notes, and the files behind "
        "it all. n and p go to the next area and the one before, a shows the sum line by line.",
    ),
    "audit": About(
        "Audit",
        "Where a figure comes from: every version of every file that bears on it, with its revision, when it came and "
        "its hash, and the sum worked out afresh from those files.",
    ),
    "problems": About(
        "Corrections and problems",
        "What was corrected after it was published, what disagrees with what, and every file that is not counted, with "
        "the reason and the line.",
    ),
    "away": About(
        "While away",
        "What has happened since somebody last pressed a key here: the standings then and now, changes of control, "
        "corrections, and what you watch.",
    ),
    "quotes": About("Quotes", "All that was said tonight, newest first, with who said it, where and to whom."),
    "compare": About(
        "Comparison",
        "Two nights, or two sources of one night, side by side: tallies, control then and now, what differs.",
    ),
}
"""By what is in front: a panel of the overview, or a page of its own."""

PICTURES: Final = {
    "map": About("Map", "The map that the night carries, a tile an area, in the colour and with the mark of control."),
    "london": About(
        "London",
        "The boroughs in their usual arrangement: short name, mark and control; + changed hands, ░ undeclared.",
    ),
    "hemicycle": About(
        "Hemicycle", "One mark a seat, most seats from the left, undeclared last; past ▼ is a majority."
    ),
    "race": About("Race", "Each party on its way to the majority line, with the seats that are still out."),
    "regions": About("Regions", "How many areas of each have declared, and who controls how many of them."),
    "seats": About("Seats through the night", "A line a party, as its seats were counted; only what is known by now."),
    "flow": About("Gains and losses", "From whom to whom seats went, over what has declared, and the net of it."),
    "council": About("Council", "One council as a hemicycle: the one under the cursor, else the one declared last."),
    "council-race": About(
        "Race to a council's majority",
        "Its parties on the way to its majority: what they have, and how far what is out could take them. The council "
        "is the one under the cursor, else the one declared last.",
    ),
}
"""By the key of a picture."""
