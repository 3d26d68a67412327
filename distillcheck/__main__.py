"""`python -m distillcheck`."""

from distillcheck.cli import main

main()
