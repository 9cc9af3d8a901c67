"""Numbers with their nouns: one of a thing is no plural."""


def many(number: int, noun: str) -> str:
    """Return a number, grouped by thousands, with an English noun whose plural is regular: `1 seat`, `1,904 seats`."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def be(number: int, one: str = "is", more: str = "are") -> str:
    """Return the verb that goes with so many."""
    return one if number == 1 else more
