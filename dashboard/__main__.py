"""`python -m dashboard`: the same as the command `election-night`."""

from dashboard.cli import main

main()
