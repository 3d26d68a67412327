"""The file of a ledger: opened, made where there is none, examined before it is believed, set aside if damaged.

A ledger may come from elsewhere or have lain on a failing disk. Its tables must be ours to the letter, so that opening
it runs nothing of somebody else's, and every row carries a hash of its fields.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

APPLICATION, FORMAT = 0x64636C67, 1
# A shorter file is no database, though SQLite would write over it as if it were empty.
SMALLEST = 512
# How the files begin that SQLite keeps beside a database.
BESIDE = {"-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"),
          "-journal": (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"\0\0\0\0\0\0\0\0")}
# Seconds to wait for another run that is writing.
PATIENCE = 30.0
TABLES = {
    "run": """CREATE TABLE run (id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, how TEXT NOT NULL,
        process INTEGER NOT NULL, host TEXT NOT NULL, command TEXT NOT NULL, alpha REAL NOT NULL, seed TEXT NOT NULL,
        budget TEXT NOT NULL, numerics TEXT NOT NULL, seal BLOB NOT NULL) STRICT""",
    "claim": """CREATE TABLE claim (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, name TEXT NOT NULL,
        path TEXT NOT NULL, content TEXT NOT NULL, level REAL NOT NULL, work TEXT NOT NULL,
        seal BLOB NOT NULL) STRICT""",
    "verdict": """CREATE TABLE verdict (claim INTEGER PRIMARY KEY REFERENCES claim, at TEXT NOT NULL,
        final INTEGER NOT NULL, record BLOB NOT NULL, seal BLOB NOT NULL) STRICT""",
    "state": """CREATE TABLE state (id INTEGER PRIMARY KEY, work TEXT NOT NULL, stream TEXT NOT NULL,
        state BLOB NOT NULL, seal BLOB NOT NULL, UNIQUE (work, stream)) STRICT""",
}
INDICES = ("CREATE INDEX claim_by_work ON claim (work)", "CREATE INDEX claim_by_name ON claim (name)",
           "CREATE INDEX claim_by_run ON claim (run)")
UNUSABLE = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_SCHEMA"}


class LedgerError(ValueError):
    """The ledger can't be used; says why and what to do."""


class Damaged(Exception):
    """The file was a ledger and can't be trusted any more."""


def place(named: Path | None) -> tuple[Path, bool]:
    """Where the ledger is, and whether somebody said so: the user, DISTILLCHECK_LEDGER, else with the user's data."""
    chosen = named or os.environ.get("DISTILLCHECK_LEDGER")
    return (Path(chosen), True) if chosen else (user_data_path("distillcheck", appauthor=False) / "ledger.db", False)


def open_file(path: Path, *, explicit: bool) -> tuple[sqlite3.Connection, list[str]]:
    """A connection to the ledger at a path, made if there is none, and what the user should be told.

    Args:
        path: of the file.
        explicit: whether the user named it; what isn't a ledger is then left where it is, and refused.

    Raises:
        LedgerError: there can't be a ledger there.
    """
    try:
        if not explicit:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not path.parent.is_dir() or path.is_dir():
            what = "is a folder" if path.is_dir() else "lies in a folder that doesn't exist"
            raise LedgerError(f"--ledger {path} {what}. Name a file in a folder that exists.")
        file = _number(path)
        try:
            return _connect(path, explicit=explicit), []
        except Damaged as error:
            # Another run may have found the same and set it aside already.
            told = [set_aside(path, str(error))] if _number(path) == file else []
            return _connect(path, explicit=explicit), told
    except (OSError, sqlite3.Error, Damaged) as error:
        raise LedgerError(f"--ledger {path} can't be used: {words(error)}. Name a file in a folder that you may write "
                          "to, or judge without one (--no-ledger).") from error


def _foreign(path: Path) -> LedgerError:
    return LedgerError(f"--ledger {path} is no ledger of distillcheck. Name another file, or move it away.")


def _number(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


def words(error: BaseException) -> str:
    """What went wrong, briefly."""
    return (error.strerror if isinstance(error, OSError) else "") or str(error)


def plain(text: str) -> str:
    """A text that can be stored: names of files may hold bytes that are no characters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def is_damage(error: Exception) -> bool:
    """Whether SQLite says that the file itself is broken, or it holds texts that are none."""
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error):
        return True
    name = getattr(error, "sqlite_errorname", "") or ""
    return any(name.startswith(code) for code in UNUSABLE)


def _connect(path: Path, *, explicit: bool) -> sqlite3.Connection:
    _look_beside(path, explicit=explicit)
    # The file is looked at through SQLite alone: to open and close it otherwise would drop the locks of this process.
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")
        _examine(path, connection, explicit=explicit)
        for setting in ("journal_mode = WAL", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {setting}")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        if is_damage(error):
            raise Damaged(str(error)) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _look_beside(path: Path, *, explicit: bool) -> None:
    """Whether SQLite may open the path: what lies beside it under the names of SQLite's own files is taken for those.

    Raises:
        Damaged: the file is too short to be a ledger.
        LedgerError: it is somebody else's, or has neighbours that are.
    """
    size = path.stat().st_size if path.exists() else 0
    if 0 < size < SMALLEST:
        if explicit:
            raise _foreign(path)
        raise Damaged("it is too short")
    for suffix, marks in BESIDE.items():
        beside = Path(f"{path}{suffix}")
        if beside.exists():
            with beside.open("rb") as file:
                head = file.read(8)
            if head and not head.startswith(marks):
                raise LedgerError(f"--ledger {path} would have SQLite take {beside.name}, which isn't its own, for its "
                                  "own and remove it. Name another file.")


def _examine(path: Path, connection: sqlite3.Connection, *, explicit: bool) -> None:
    """Whether it is a ledger, and whole; an empty file becomes one.

    Raises:
        Damaged: it should be one and isn't.
        LedgerError: it is something else, which is left alone.
    """
    try:
        connection.execute("BEGIN")
        application, = connection.execute("PRAGMA application_id").fetchone()
        found = {sql for sql, in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
        connection.execute("ROLLBACK")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if explicit and getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise _foreign(path) from error
        raise
    if application != APPLICATION and (found or application):
        if explicit:
            raise _foreign(path)
        raise Damaged("its tables aren't those of a ledger")
    connection.execute("BEGIN IMMEDIATE")
    try:
        _make_or_check(path, connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _make_or_check(path: Path, connection: sqlite3.Connection) -> None:
    found = {sql for sql, in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if not found:
        for sql in (*TABLES.values(), *INDICES):
            connection.execute(sql)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        return
    version, = connection.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        raise LedgerError(f"--ledger {path} was written by a newer distillcheck (format {version}, not {FORMAT}). "
                          "Install that one, or name another file.")
    if found != {*TABLES.values(), *INDICES}:
        raise Damaged("its tables aren't those of a ledger")
    problems = [text for text, in connection.execute("PRAGMA quick_check(1)")]
    if problems != ["ok"]:
        raise Damaged(problems[0] if problems else "it can't be checked")


def set_aside(path: Path, why: str) -> str:
    """Rename a damaged ledger, and what SQLite keeps beside it; returns what to tell the user."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{suffix}", f"{aside}{suffix}")
    return (f"the ledger {path} is damaged ({why}); it was set aside as {aside.name}, and a new one begins. Nothing "
            "was taken from it")


def seal(table: str, *fields: Any) -> bytes:
    """Hash of a row's fields."""
    digest = hashlib.blake2b(table.encode(), digest_size=16)
    for value in fields:
        text = value if isinstance(value, bytes) else repr(value).encode()
        digest.update(len(text).to_bytes(8, "big") + text)
    return digest.digest()
