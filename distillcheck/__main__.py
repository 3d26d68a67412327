"""The command's way in: `distillcheck`, and `python -m distillcheck`.

Worker processes import the file that the command was started from, so it must be light.
"""


def main() -> None:
    """Run the command."""
    from distillcheck import cli

    cli.main()


if __name__ == "__main__":
    main()
