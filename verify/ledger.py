"""What runs found, kept in one file as they go: runs, their claims, states of confirmations, verdicts.

SQLite in WAL mode: a process that is killed loses what it hadn't written and nothing else, and runs side by side write
to one ledger. What is read is checked against the hash it was written with.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from verify.ledger_file import Damaged, is_damage, open_file, plain, seal, set_aside
from verify.verdict import Verdict

RUNNING = "running"
# Of a verdict's record, unpacked.
MOST_BYTES = 1 << 26


@dataclass(frozen=True)
class Asked:
    """A claim of a run: its name, file, `identity.content`, share of alpha and `identity.work_of`."""

    name: str
    path: str
    content: str
    level: float
    work: str


@dataclass(frozen=True)
class Entry:
    """A claim that was asked for, with the run it belongs to and the verdict, if it came to one.

    `how` the run ended: finished, interrupted, timed out, failed or killed; or running.
    """

    run: int
    started: str
    how: str
    command: str
    alpha: float
    seed: int
    budget: str
    numerics: Mapping[str, str]
    asked: Asked
    verdict: Verdict | None


class Ledger:
    """An open ledger; `told` collects what the user should know.

    Every method may raise sqlite3.Error where the disk fails, and Damaged where a row isn't what was written.
    """

    def __init__(self, path: Path, *, explicit: bool = True):
        self.path, self.explicit = path, explicit
        self.connection, self.told = open_file(path, explicit=explicit)

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()

    def replace(self, why: str) -> None:
        """Set the damaged file aside and begin another.

        Raises:
            LedgerError: that can't be done.
        """
        self.close()
        with contextlib.suppress(OSError):
            self.told.append(set_aside(self.path, why))
        self.connection, told = open_file(self.path, explicit=self.explicit)
        self.told += told

    # Writing

    def begin(self, *, command: str, alpha: float, seed: int, budget: str, numerics: Mapping[str, str],
              claims: Sequence[Asked]) -> tuple[int, list[int]]:
        """A run begins: its number, and those of its claims."""
        fields = (_now(), None, RUNNING, os.getpid(), platform.node(), plain(command), alpha, str(seed), budget,
                  json.dumps(numerics, sort_keys=True))
        with self._transaction():
            run = self._insert("run", fields)
            return run, [self._insert("claim", (run, plain(each.name), plain(each.path), each.content, each.level,
                                                each.work)) for each in claims]

    def end(self, run: int, how: str) -> None:
        """A run has ended."""
        with self._transaction():
            row = self._one("run", "id = ?", (run,))
            fields = (row[1], _now(), how, *row[4:-1])
            self.connection.execute("UPDATE run SET ended = ?, how = ?, seal = ? WHERE id = ?",
                                    (fields[1], how, seal("run", *fields), run))

    def keep_state(self, work: str, stream: str, state: bytes) -> None:
        """Keep the state of a confirmation, in place of the last."""
        self.connection.execute(
            "INSERT INTO state (work, stream, state, seal) VALUES (?, ?, ?, ?) ON CONFLICT (work, stream) "
            "DO UPDATE SET state = excluded.state, seal = excluded.seal",
            (work, stream, state, seal("state", work, stream, state)))

    def keep_verdict(self, claim: int, work: str, verdict: Verdict) -> None:
        """Keep a verdict; if it is final, the states that led to it are needed no more."""
        final = verdict.final
        # Not MessagePack, whose integers end at 64 bits.
        record = zlib.compress(json.dumps(msgspec.to_builtins(verdict)).encode())
        fields = (_now(), int(final), record)
        with self._transaction():
            self.connection.execute("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)",
                                    (claim, *fields, seal("verdict", claim, *fields)))
            if final:
                self.connection.execute("DELETE FROM state WHERE work = ?", (work,))

    # Reading

    def states(self, work: str) -> dict[str, bytes]:
        """The states kept of a claim's confirmations."""
        return {row[2]: row[3] for row in self._rows("state", "work = ?", (work,))}

    def verdicts(self, works: Iterable[str]) -> dict[str, Verdict]:
        """The last final verdict on each piece of work that has one."""
        found: dict[str, Verdict] = {}
        for work in set(works):
            for claim in reversed(self._rows("claim", "work = ?", (work,))):
                for row in self._rows("verdict", "claim = ?", (claim[0],)):
                    if row[2] and work not in found:
                        found[work] = _verdict(row[3])
        return found

    def previous(self, asked: Asked, seed: int, budget: str) -> tuple[str, dict[str, str]] | None:
        """What a claim's text and the numerics were when it was last asked for with these settings."""
        for claim in reversed(self._rows("claim", "name = ? AND path = ?", (plain(asked.name), plain(asked.path)))):
            run = self._one("run", "id = ?", (claim[1],))
            if (claim[5], run[8], run[9]) == (asked.level, str(seed), budget):
                return claim[4], _texts(run[10])
        return None

    def history(self, name: str | None = None, path: str | None = None) -> list[Entry]:
        """All that was asked about a claim, about those of one file, or about all, oldest first."""
        given = [(column, plain(value)) for column, value in (("name", name), ("path", path)) if value is not None]
        where = " AND ".join(["1", *(f"{column} = ?" for column, _ in given)])
        return self._entries(where, [value for _, value in given])

    def recent(self, runs: int) -> list[Entry]:
        """All that was asked in the last runs."""
        return self._entries("run IN (SELECT id FROM run ORDER BY id DESC LIMIT ?)", (runs,))

    def latest(self) -> list[Entry]:
        """Every claim, by name and file, with its last verdict, where it has one."""
        return self._entries("id IN (SELECT max(claim.id) FROM claim JOIN verdict ON verdict.claim = claim.id "
                             "GROUP BY claim.name, claim.path)", ())

    def _entries(self, where: str, values: Sequence[Any]) -> list[Entry]:
        claims = self._rows("claim", where, values)
        runs = {number: self._one("run", "id = ?", (number,)) for number in {claim[1] for claim in claims}}
        verdicts = {row[0]: row for claim in claims for row in self._rows("verdict", "claim = ?", (claim[0],))}
        return [_entry(runs[claim[1]], claim, verdicts.get(claim[0])) for claim in claims]

    # Rows

    def _insert(self, table: str, fields: Sequence[Any]) -> int:
        marks = ", ".join("?" * (len(fields) + 2))
        cursor = self.connection.execute(f"INSERT INTO {table} VALUES ({marks})", (None, *fields, seal(table, *fields)))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _rows(self, table: str, where: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        order = "claim" if table == "verdict" else "id"
        try:
            rows = self.connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if is_damage(error):
                raise Damaged(str(error)) from error
            raise
        for row in rows:
            if row[-1] != seal(table, *row[0 if table == "verdict" else 1:-1]):
                raise Damaged(f"a row of {table} isn't what was written")
        return rows

    def _one(self, table: str, where: str, values: Sequence[Any]) -> tuple[Any, ...]:
        rows = self._rows(table, where, values)
        if not rows:
            raise Damaged(f"a row of {table} is missing")
        return rows[0]

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


def _entry(run: Sequence[Any], claim: Sequence[Any], verdict: Sequence[Any] | None) -> Entry:
    return Entry(run[0], run[1], _how(run), run[6], run[7], _whole(run[8]), run[9], _texts(run[10]),
                 Asked(*claim[2:-1]), _verdict(verdict[3]) if verdict else None)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise Damaged("a seed is no number") from error


def _texts(text: str) -> dict[str, str]:
    try:
        return msgspec.convert(json.loads(text), dict[str, str])
    except (ValueError, RecursionError) as error:
        raise Damaged("versions can't be read") from error


def _how(run: Sequence[Any]) -> str:
    """How a run ended; one that says it is running, on this machine, and whose process is gone, was killed."""
    _, _, _, how, process, host, *_ = run
    if how != RUNNING or host != platform.node():
        return how
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return "killed"
    except OSError:
        pass
    return how


def _verdict(record: bytes) -> Verdict:
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(record, MOST_BYTES)
        return msgspec.convert(json.loads(plain), Verdict)
    except (ValueError, RecursionError, zlib.error) as error:
        raise Damaged(f"a verdict can't be read: {error}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
