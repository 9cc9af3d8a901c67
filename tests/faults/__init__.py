"""Long trials of what goes wrong on real nights: `python -m tests.faults.NAME`; each has a short form in the tests."""
