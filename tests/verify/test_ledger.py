"""The ledger: what is written comes back, what is damaged is set aside, what is somebody else's is left alone."""
from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from verify import Status
from verify.ledger import Asked, Ledger
from verify.ledger_file import APPLICATION, Damaged, LedgerError, open_file, place
from verify.verdict import Control, Evidence, Verdict

CLAIM = Asked("a.b", "/x/a/b.py", "text", 0.01, "work")
EVIDENCE = Evidence({"n": 10**400, "x": {"$float": "inf"}}, "n=1", float("nan"), (None, float("-inf")), 1.0, "float",
                    log_e_value=float("-inf"))
VERDICT = Verdict("a.b", "A title", Status.REFUTED, 0.01, 10**30, "quick", labels=("exact",), worst=EVIDENCE,
                  counterexample=EVIDENCE, controls=(Control("c = 2", None, 3),), searched={"n": {"least": 1}},
                  log_e_value=float("inf"), resolution=0.1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def begin(ledger: Ledger, *claims: Asked) -> tuple[int, list[int]]:
    return ledger.begin(command="verify", alpha=0.01, seed=10**30, budget="quick", numerics={"numpy": "2"},
                        claims=claims or (CLAIM,))


def filled(path: Path) -> None:
    """A ledger with a finished run and a state."""
    ledger = Ledger(path)
    run, (claim,) = begin(ledger)
    ledger.keep_state("other", "stream", b"state" * 1000)
    ledger.keep_verdict(claim, "work", VERDICT)
    ledger.end(run, "finished")
    ledger.close()


def test_what_is_written_comes_back(path: Path) -> None:
    filled(path)
    ledger = Ledger(path)
    assert ledger.told == []
    assert repr(ledger.verdicts(["work", "none"])) == repr({"work": VERDICT})
    entry, = ledger.history("a.b")
    assert (entry.how, entry.seed, entry.asked, entry.numerics) == ("finished", 10**30, CLAIM, {"numpy": "2"})
    assert repr(entry.verdict) == repr(VERDICT)
    assert ledger.states("other") == {"stream": b"state" * 1000}


def test_states_are_replaced_and_go_with_the_final_verdict(path: Path) -> None:
    ledger = Ledger(path)
    _, (claim,) = begin(ledger)
    for state in (b"1", b"2"):
        ledger.keep_state("work", "s", state)
    assert ledger.states("work") == {"s": b"2"}
    ledger.keep_verdict(claim, "work", Verdict("a.b", "", Status.INCONCLUSIVE, 0.01, 0, "quick", final=False))
    assert ledger.states("work") == {"s": b"2"}
    assert ledger.verdicts(["work"]) == {}
    ledger.keep_verdict(claim, "work", VERDICT)
    assert ledger.states("work") == {}


def test_history_is_of_one_claim_and_file_and_says_how_runs_ended(path: Path) -> None:
    ledger = Ledger(path)
    first, _ = begin(ledger, CLAIM, Asked("c", "/x/c.py", "t", 0.01, "w"))
    begin(ledger, Asked("a.b", "/elsewhere/b.py", "t", 0.01, "w2"))
    ledger.end(first, "interrupted")
    assert [entry.how for entry in ledger.history()] == ["interrupted", "interrupted", "running"]
    assert [entry.asked.work for entry in ledger.history("a.b")] == ["work", "w2"]
    assert [entry.asked.work for entry in ledger.history("a.b", "/x/a/b.py")] == ["work"]


def test_run_whose_process_is_gone_was_killed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(path)
    monkeypatch.setattr(os, "getpid", lambda: 2**22 + 1)
    begin(ledger)
    assert ledger.history()[0].how == "killed"


def _write(path: str, name: str, count: int) -> None:
    ledger = Ledger(Path(path))
    claims = [Asked(name, path, "t", 0.01, f"{name}{index}") for index in range(count)]
    run, numbers = begin(ledger, *claims)
    for number, claim in zip(numbers, claims, strict=True):
        ledger.keep_state(claim.work, "s", name.encode() * 5000)
        ledger.keep_verdict(number, claim.work, VERDICT)
    ledger.end(run, "finished")
    ledger.close()


def test_runs_side_by_side_write_to_one_ledger(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    # They make it, too: none finds half a ledger of another's making.
    writers = [context.Process(target=_write, args=(str(path), name, 40)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 4
    entries = Ledger(path).history()
    assert len(entries) == 160
    assert all(entry.how == "finished" and entry.verdict for entry in entries)


# Damage


def is_fresh(path: Path, *, explicit: bool = True) -> None:
    """The ledger was set aside, whole as it was, and a new one begins."""
    damaged = path.read_bytes()
    ledger = Ledger(path, explicit=explicit)
    told, = ledger.told
    assert "is damaged" in told
    assert "it was set aside as ledger.db.damaged-1" in told
    assert ledger.history() == []
    assert ledger.verdicts(["work"]) == {}
    assert path.with_name("ledger.db.damaged-1").read_bytes() == damaged
    ledger.close()


def noticed(path: Path) -> bool:
    """Whether a damaged copy of `filled` is noticed; where it isn't, all that is read is what was written."""
    try:
        ledger = Ledger(path, explicit=False)
        found = ledger.verdicts(["work"]), ledger.states("other"), ledger.history()
    except (Damaged, LedgerError):
        return True
    if ledger.told:
        return True
    assert repr(found[0]) == repr({"work": VERDICT})
    assert found[1] == {"stream": b"state" * 1000}
    assert [entry.asked for entry in found[2]] == [CLAIM]
    ledger.close()
    return False


def test_truncated_ledger_is_set_aside(path: Path) -> None:
    filled(path)
    text = path.read_bytes()
    path.write_bytes(text[:len(text) // 2])
    is_fresh(path)


def test_ledger_cut_anywhere_is_noticed_or_whole(path: Path, tmp_path: Path) -> None:
    filled(path)
    text = path.read_bytes()
    for cut in range(1, len(text), len(text) // 60):
        copy = tmp_path / f"cut{cut}.db"
        copy.write_bytes(text[:cut])
        assert noticed(copy) or cut > 0.9 * len(text)


def test_overwritten_stretches_are_noticed_or_harmless(path: Path, tmp_path: Path) -> None:
    filled(path)
    text = path.read_bytes()
    found = 0
    for at in range(20, len(text) - 600, 600):
        copy = tmp_path / f"over{at}.db"
        copy.write_bytes(text[:at] + b"\xa5" * 600 + text[at + 600:])
        found += noticed(copy)
    assert found > 10


def test_every_flipped_byte_is_noticed_or_harmless(path: Path, tmp_path: Path) -> None:
    filled(path)
    text = path.read_bytes()
    found = 0
    for at in range(16, len(text), len(text) // 300):
        copy = tmp_path / f"flip{at}.db"
        copy.write_bytes(text[:at] + bytes([text[at] ^ 0x41]) + text[at + 1:])
        found += noticed(copy)
    assert found > 30


def test_row_that_was_edited_is_not_believed(path: Path) -> None:
    filled(path)
    ledger = Ledger(path)
    ledger.connection.execute("UPDATE claim SET work = 'another'")
    with pytest.raises(Damaged, match="a row of claim isn't what was written"):
        ledger.verdicts(["another"])


@pytest.mark.parametrize("explicit", [True, False])
@pytest.mark.parametrize("times", [1, 1000])
def test_other_files_are_left_alone_where_the_user_names_them(path: Path, explicit: bool, times: int) -> None:
    path.write_text("my thesis " * times)
    if explicit:
        with pytest.raises(LedgerError, match="is no ledger of distillcheck"):
            Ledger(path)
        assert path.read_text() == "my thesis " * times
    else:
        is_fresh(path, explicit=False)


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_neighbours_that_sqlite_would_take_for_its_own_are_left_alone(path: Path, exists: bool, suffix: str) -> None:
    if exists:
        filled(path)
    neighbour = Path(f"{path}{suffix}")
    neighbour.write_text("my notes " * 100)
    with pytest.raises(LedgerError, match=f"take ledger.db{suffix}, which isn't its own"):
        Ledger(path)
    assert neighbour.read_text() == "my notes " * 100


def test_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is no ledger of distillcheck"):
        Ledger(path)
    assert path.read_bytes() == before


def test_ledger_of_a_newer_version_is_left_alone(path: Path) -> None:
    filled(path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(LedgerError, match="written by a newer distillcheck"):
        Ledger(path)


@pytest.mark.parametrize("trap", [
    "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM verdict; END",
    "CREATE VIEW v AS SELECT load_extension('x')", "CREATE TABLE extra (x)"])
def test_ledger_with_tables_of_somebody_else_is_set_aside(path: Path, trap: str) -> None:
    filled(path)
    with sqlite3.connect(path) as other:
        other.execute(trap)
    other.close()
    is_fresh(path)


def test_second_finder_of_the_damage_sets_nothing_aside(path: Path) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[:5000])
    Ledger(path).close()
    assert Ledger(path).told == []
    assert not path.with_name("ledger.db.damaged-2").exists()


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.parent.rmdir()])
def test_place_that_cannot_hold_a_ledger_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "folder" / "ledger.db"
    path.parent.mkdir()
    make(path)
    with pytest.raises(LedgerError, match="Name a file in a folder that exists"):
        open_file(path, explicit=True)


def test_usual_place_is_made_and_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISTILLCHECK_LEDGER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    usual, explicit = place(None)
    assert (usual.name, explicit) == ("ledger.db", False)
    assert place(Path("x.db")) == (Path("x.db"), True)
    monkeypatch.setenv("DISTILLCHECK_LEDGER", "y.db")
    assert place(None) == (Path("y.db"), True)
    Ledger(tmp_path / "new" / "folder" / "ledger.db", explicit=False).close()


def test_tables_are_strict_and_marked(path: Path) -> None:
    ledger = Ledger(path)
    assert ledger.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert ledger.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute("INSERT INTO state VALUES (NULL, 'w', 's', 'text', x'00')")
