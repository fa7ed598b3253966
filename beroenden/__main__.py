"""`python -m beroenden`."""

from beroenden.cli.main import main

main()
