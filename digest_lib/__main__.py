"""`python -m digest_lib` is the command `digest`."""

from digest_lib.cli import main

main()
