"""The face of the project: command line, live table, figures, replay."""

__version__ = "0.1.0"
