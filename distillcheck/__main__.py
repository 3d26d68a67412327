"""The command's way in: `distillcheck`, and `python -m distillcheck`.

Worker processes import the file that the command was started from, so it must be light.
"""


def main() -> None:
    """Run the command."""
    import gc

    from distillcheck import cli
    from verify.judging import COLLECT_SELDOM

    # Before anything heavy: while libraries are imported there is nothing to collect, and a search leaves little.
    gc.set_threshold(*COLLECT_SELDOM)
    cli.main()


if __name__ == "__main__":
    main()
