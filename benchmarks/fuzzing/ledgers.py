"""Random ledgers and states: bytes changed, rows edited, rows edited and sealed again as a forger would."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from distillcheck.history import history_command
from distillcheck.report import report_command
from verify import states
from verify.budget import MICRO
from verify.claim import Claim
from verify.confirm import Confirmation
from verify.draws import Drawer
from verify.explore import Explorer
from verify.judging import Settings
from verify.keeping import Keeping
from verify.ledger import Asked, Ledger
from verify.ledger_file import TABLES, Damaged, LedgerError, seal
from verify.loading import Target, by_path
from verify.plan import Plan
from verify.terms import Relation, Status
from verify.verdict import Evidence, Verdict

SETTINGS = Settings(1e-6, 0, "micro")
VERDICT = Verdict("fuzzed", "A title", Status.REFUTED, 1e-6, 0, "micro", labels=("exact",),
                  worst=Evidence({"n": 1}, "n=1", 0.5, (None, 1.0), 1.0, "float"))
VALUES: list[Any] = [None, 0, -1, 2**62, 1.5, float("inf"), "", "x", "{}", "[]", "[" * 5000, "NaN", "\ud7ff", b"",
                     b"\x00", b"DCS1", "running", "1e400", "0" * 5000, "2026-13-45T99:99"]
EXTRA = ["CREATE TABLE more (x)", "CREATE VIEW v AS SELECT 1", "DROP INDEX claim_by_work", "DROP TABLE state",
         "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM verdict; END", "PRAGMA user_version = 7",
         "PRAGMA application_id = 5", "DELETE FROM run", "ALTER TABLE run ADD COLUMN x"]


@lru_cache(maxsize=1)
def good() -> bytes:
    """A ledger with a run of two claims, a verdict and a state."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.db"
        ledger = Ledger(path)
        run, numbers = ledger.begin(command="verify", alpha=0.01, seed=0, budget="micro", numerics={"a": "b"}, claims=[
            Asked("fuzzed", "/x/fuzzed.py", "t", 1e-6, "work"), Asked("other", "/x/other.py", "t", 1e-6, "work2")])
        ledger.keep_verdict(numbers[0], "work", VERDICT)
        ledger.keep_state("work2", "stream", b"state" * 300)
        ledger.end(run, "finished")
        ledger.close()
        return path.read_bytes()


def opened(draw: Random, folder: Path) -> str:
    """What becomes of a changed ledger, in a word: all that reads ledgers reads it."""
    path = folder / "l.db"
    path.write_bytes(good())
    kind = draw.randrange(4)
    if kind == 0:
        change_bytes(draw, path)
    elif kind == 1:
        path.write_bytes(draw.randbytes(draw.choice([0, 1, 99, 100, 511, 512, 4096, 5000])))
    else:
        change_rows(draw, path, sealed=draw.random() < 0.7)
    explicit = draw.random() < 0.5
    word = "read"
    try:
        with contextlib.closing(Ledger(path, explicit=explicit)) as ledger:
            word = "set aside" if ledger.told else word
            found = ledger.verdicts(["work"]).get("work")
            assert found is None or isinstance(found, Verdict)
            ledger.states("work2")
            ledger.history()
            run_on(ledger, folder)
    except (LedgerError, Damaged) as error:
        word = type(error).__name__
    except sqlite3.Error as error:
        word = f"SQLite {getattr(error, 'sqlite_errorname', '')}"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(ValueError):
        history_command(draw.choice([None, "fuzzed"]), ledger=path, output=folder / "h.csv", last=9)
        report_command(folder / "r.html", path)
    return word


def change_bytes(draw: Random, path: Path) -> None:
    """Flip, cut, repeat."""
    text = bytearray(path.read_bytes())
    for _ in range(draw.choice([1, 2, 5, 50])):
        text[draw.randrange(len(text))] = draw.randrange(256)
    if draw.random() < 0.3:
        at = draw.randrange(len(text))
        text[at:] = text[at + draw.randrange(-5000, 5000):] if draw.random() < 0.5 else b""
    path.write_bytes(text)


def change_rows(draw: Random, path: Path, *, sealed: bool) -> None:
    """Edit fields; a forger knows how to seal them."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for _ in range(draw.choice([1, 1, 2, 4])):
            with contextlib.suppress(sqlite3.Error):
                if draw.random() < 0.15:
                    connection.execute(draw.choice(EXTRA))
                    continue
                table = draw.choice(list(TABLES))
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                if not columns:
                    continue
                value = draw.choice([*VALUES, draw.randbytes(20)])
                connection.execute(f"UPDATE {table} SET {draw.choice(columns[:-1])} = ?", (value,))
                if sealed:
                    first = 0 if table == "verdict" else 1
                    for row in connection.execute(f"SELECT * FROM {table}").fetchall():
                        connection.execute(f"UPDATE {table} SET seal = ? WHERE {columns[0]} = ?",
                                           (seal(table, *row[first:-1]), row[0]))


def run_on(ledger: Ledger, folder: Path) -> None:
    """A run resumes from it."""
    target = Target("fuzzed", str(folder / "fuzzed.py"), "fuzzed.py", own=True)
    (folder / "fuzzed.py").write_text("CLAIM = 1")
    told: list[str] = []
    keeping = Keeping(ledger, [target, by_path(str(folder / "no.py"))], SETTINGS, alpha=0.01, command="", resume=True,
                      tell=told.append)
    keeping.states(0)
    keeping.keep_state(0, "s", b"x")
    keeping.keep_verdict(0, VERDICT)
    keeping.end("finished")
    json.dumps(told)


@lru_cache(maxsize=1)
def process() -> tuple[Any, Plan]:
    """A point, and the plan of its confirmation."""
    from hypothesis import strategies as st

    claim = Claim(title="t", source="s", given={"p": st.just(0.5)}, bound=lambda p, c=1.0: c * p, support=(0, 1),
                  sample=lambda p, rng, size: rng.random(size), controls=[{"c": 0.5}], block=64)
    from verify.instance import make_instance

    statement = claim.statement()
    point = Explorer(statement, Drawer(statement, 0), MICRO).evaluate(make_instance({"p": 0.5}, claim.namespace))
    return point, Plan(Relation.AT_MOST, 0.001, 1e-9, 1e-9, "confirm", 100, 64)


def restored(draw: Random, folder: Path) -> str:
    """What becomes of the changed state of a confirmation, in a word."""
    import numpy as np

    fresh = Confirmation(*process(), 1e-16)
    for _ in range(draw.randrange(1, 6)):
        fresh.take(np.random.default_rng(0).random(64))
    state = bytearray(states.save(fresh, 1e-16) if draw.random() < 0.6 else states.save_outcome(fresh.outcome(), 1e-16))
    for _ in range(draw.choice([1, 1, 3, 20])):
        state[draw.randrange(min(len(state), draw.choice([40, 10**6])))] = draw.randrange(256)
    if draw.random() < 0.2:
        state = bytearray(draw.randbytes(draw.randrange(200)))
    again = Confirmation(*process(), 1e-16)
    try:
        outcome, precision = states.restore(again, bytes(state))
    except states.Unreadable:
        return "refused"
    assert isinstance(precision, float)
    return "midway" if outcome is None else "ended"
