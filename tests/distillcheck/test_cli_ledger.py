"""The command and its ledger: killed, resumed, asked for its history; streams that disappear, unusable files."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and pseudo-terminals are POSIX")
QUICK = ("--budget", "quick", "--alpha", "1e-8")
WAIT = 60.0
# Half a second or so for each of its hundreds of blocks: judged for minutes.
SLOW = "import time; time.sleep(0.2); return rng.random(size) < p"
# Judged for some seconds, most of them spent confirming.
LONG = {"sample": "return rng.beta(2 * float(p), 2 - 2 * float(p), size)", "use_exact": "None",
        "controls": '[{"c": Fraction(9, 10)}]'}


def record(path: Path) -> list[dict[str, Any]]:
    """The claims of a run's JSON, without the seconds."""
    claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
    for entry in claims:
        entry["seconds"] = 0
    return claims


@posix
def test_killed_at_any_moment_a_run_is_resumed_to_the_same_verdicts(claim: Callable[..., str], tmp_path: Path,
                                                                    start: Callable[..., Any]) -> None:
    names = [claim("coin"), claim("long", **LONG), claim("false", bound="return c * p / 2")]
    command = ["verify", *names, "--alpha", "1e-8", "--jobs", "2", "--json", "run.json", "--ledger", "l.db"]
    quiet = {"cwd": tmp_path, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    began = time.monotonic()
    assert start(*command, "--no-ledger", **quiet).wait(WAIT) == 2
    assert start(*command, **quiet).wait(WAIT) == 1
    whole, expected = time.monotonic() - began, record(tmp_path / "run.json")
    (tmp_path / "l.db").unlink()
    for share in (0.1, 0.4, 0.6, 0.8, 0.9):
        process = start(*command, "--resume", **quiet)
        time.sleep(share * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(WAIT)
    assert start(*command, "--resume", **quiet).wait(WAIT) == 1
    assert record(tmp_path / "run.json") == expected


@posix
def test_sigterm_keeps_what_is_done_and_says_how_to_go_on(claim: Callable[..., str], tmp_path: Path,
                                                          start: Callable[..., Any]) -> None:
    process = start("verify", claim("slow", sample=SLOW), claim("coin"), *QUICK, "--jobs", "2", "--ledger", "l.db",
                    cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline().startswith("SUPPORTED     coin")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=WAIT)
    assert (process.returncode, err) == (128 + signal.SIGTERM, "")
    assert "note: stopping when the blocks being drawn are done" in out
    assert "To go on: distillcheck verify slow.py coin.py --alpha 1e-08 --budget quick --ledger l.db --resume" in out


@posix
def test_reader_who_has_seen_enough_ends_the_run(claim: Callable[..., str], tmp_path: Path,
                                                 start: Callable[..., Any]) -> None:
    names = [claim("coin"), claim("two"), claim("slow", sample=SLOW)]
    process = start("verify", *names, *QUICK, "--jobs", "1", cwd=tmp_path, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.wait(WAIT) == 141
    assert process.stderr.read() == ""
    process.stderr.close()


@posix
@pytest.mark.parametrize("hears", [True, False], ids=["plain", "under nohup"])
def test_terminal_that_disappears_costs_nothing(claim: Callable[..., str], tmp_path: Path, hears: bool) -> None:
    import pty

    more = "" if hears else "import time; time.sleep(0.005); "
    names = [claim("coin"), claim("slow", sample=SLOW if hears else f"{more}return rng.random(size) < p")]
    command = [sys.executable, "-m", "distillcheck", "verify", *names, *QUICK, "--ledger", "l.db", "--json", "run.json"]
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGHUP, signal.SIG_DFL if hears else signal.SIG_IGN)
        os.execv(sys.executable, command)
    seen = b""
    while b"SUPPORTED" not in seen:
        seen += os.read(terminal, 4096)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == (128 + signal.SIGHUP if hears else 0)
    assert len(record(tmp_path / "run.json")) == (1 if hears else 2)


def test_finished_run_is_resumed_without_a_word_too_many(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin")
    first = cli("verify", name, *QUICK, "--ledger", "l.db", "--json", "1.json")
    second = cli("verify", name, *QUICK, "--ledger", "l.db", "--json", "2.json", "--resume")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.stdout.startswith("note: resuming: 1 of 1 claims were judged before.\n\n1 SUPPORTED in 0 s")
    assert record(Path("1.json")) == record(Path("2.json"))


def test_history_of_a_claim_and_of_all_runs(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin")
    cli("verify", name, *QUICK, "--ledger", "l.db")
    claim("coin", bound="return c * p / 2")
    cli("verify", name, *QUICK, "--ledger", "l.db")
    lines = cli("history", name, "--ledger", "l.db", "-o", "h.csv").stdout.splitlines()
    assert "SUPPORTED     quick, level 1e-08, seed 0" in lines[0]
    assert "REFUTED       quick, level 1e-08, seed 0" in lines[1]
    assert lines[2].strip() == "the file was changed"
    with open("h.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["verdict"] for row in rows] == ["SUPPORTED", "REFUTED"]
    runs = cli("history", "--ledger", "l.db").stdout
    assert "finished     1 of 1 judged: 1 REFUTED" in runs
    assert "distillcheck verify coin.py --alpha 1e-08 --budget quick --ledger l.db" in runs
    Path(name).unlink()
    assert cli("history", "coin", "--ledger", "l.db").stdout.splitlines() == lines


@pytest.mark.parametrize(("arguments", "message"), [
    (("history",), "there is no ledger absent.db: nothing has been kept yet."),
    (("history", "classics.markov"), "there is no ledger absent.db"),
    (("history", "-o", "h.txt"), "--output h.txt ends in '.txt'; it ends in .csv."),
])
def test_history_of_nothing_is_one_paragraph(arguments: tuple[str, ...], message: str, cli: Callable[..., Any],
                                             is_paragraph: Callable[[str], bool]) -> None:
    result = cli(*arguments, "--ledger", "absent.db")
    assert result.exit_code == 2
    assert message in result.stderr
    assert is_paragraph(result.stderr)
    assert not Path("absent.db").exists()


@pytest.mark.parametrize(("options", "message"), [
    (("--ledger", "."), "--ledger . is a folder"),
    (("--ledger", "no/such/l.db"), "--ledger no/such/l.db lies in a folder that doesn't exist"),
    (("--ledger", "coin.py"), "--ledger coin.py is no ledger of distillcheck"),
    (("--no-ledger", "--resume"), "--no-ledger keeps nothing"),
    (("--timeout", "soon"), "--timeout 'soon' is no time above 0"),
    (("--timeout", "0"), "--timeout '0' is no time above 0"),
    (("--run-timeout", "1e400h"), "--run-timeout '1e400h' is no time above 0"),
])
def test_unusable_ledgers_and_times_are_one_paragraph(options: tuple[str, ...], message: str,
                                                      claim: Callable[..., str], cli: Callable[..., Any],
                                                      is_paragraph: Callable[[str], bool]) -> None:
    before = Path(claim("coin")).read_text()
    result = cli("verify", "coin.py", *QUICK, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert is_paragraph(result.stderr)
    assert Path("coin.py").read_text() == before


@posix
def test_usual_place_that_cannot_be_written_is_told_and_the_run_goes_on(claim: Callable[..., str], tmp_path: Path,
                                                                        command: Callable[..., Any]) -> None:
    # Not for want of a permission, which the superuser never lacks.
    (tmp_path / "data").write_text("a file where the folder should be")
    place = {"DISTILLCHECK_LEDGER": "", "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    if sys.platform == "darwin":
        (tmp_path / "Library").write_text("")
    done = command("verify", claim("coin"), *QUICK, cwd=tmp_path, **place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("note: nothing is kept of this run: --ledger ")
    done = command("verify", "coin.py", *QUICK, "--resume", cwd=tmp_path, **place)
    assert done.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux")
def test_json_on_a_full_disk_is_one_paragraph(claim: Callable[..., str], cli: Callable[..., Any],
                                              is_paragraph: Callable[[str], bool]) -> None:
    result = cli("verify", claim("coin"), *QUICK, "--json", "/dev/full", "--ledger", "l.db")
    assert result.exit_code == 2
    assert "--json /dev/full can't be written: No space left on device" in result.stderr
    assert is_paragraph(result.stderr)
    assert cli("history", "coin.py", "--ledger", "l.db").exit_code == 0


def test_replay_runs_no_claim_file_of_another_folder(claim: Callable[..., str], cli: Callable[..., Any],
                                                     tmp_path: Path, is_paragraph: Callable[[str], bool],
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    name = claim("coin", extra="import pathlib; pathlib.Path('ran').touch()")
    cli("verify", str(tmp_path / name), *QUICK, "--json", "run.json")
    (tmp_path / "ran").unlink(missing_ok=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = cli("replay", "../run.json")
    assert result.exit_code == 2
    assert f"names the claim file {tmp_path / name}, which isn't in {tmp_path / 'elsewhere'}" in result.stderr
    assert is_paragraph(result.stderr)
    assert not Path("ran").exists()
    assert cli("replay", "../run.json", "--claims", "..").exit_code == 0
    assert Path("ran").exists()


def test_cells_for_other_programs_hold_no_formulas(tmp_path: Path) -> None:
    from fractions import Fraction

    from distillcheck.cells import write_csv

    texts = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "\rx", 'a "b", c']
    write_csv(tmp_path / "t.csv", texts, [[-1, -0.5, float("nan"), Fraction(-1, 2), None, True, "plain"]])
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as file:
        header, row = csv.reader(file)
    assert header == [f"'{text}" for text in texts[:-1]] + [texts[-1]]
    assert row == ["-1", "-0.5", "", "-1/2", "", "True", "plain"]
