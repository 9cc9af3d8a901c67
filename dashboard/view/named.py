"""Which elections of a night somebody means."""

from dashboard.count.night import Election, Night


def named(night: Night, name: str | None) -> tuple[Election, ...]:
    """Return the elections of a night, or those of a name or id (see `is_named`).

    Raises ValueError, naming the ones there are, where the night has no such election.
    """
    if name is None:
        return night.elections
    found = tuple(e for e in night.elections if is_named(e, name))
    if not found:
        there = ", ".join(e.name for e in night.elections) or "none yet"
        raise ValueError(f"no election “{name}” in this night; there are: {there}")
    return found


def is_named(election: Election, name: str) -> bool:
    """Return whether an election goes by that name, the start of it, its kind or its id; case does not matter."""
    wanted = name.casefold()
    return election.name.casefold().startswith(wanted) or wanted in {election.id.casefold(), election.kind}
