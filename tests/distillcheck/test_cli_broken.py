"""Broken claims: each gives one paragraph that says what is wrong, and sinks no other claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Name of the file -> pieces of the coin that break it (or the whole text), and what the message must say.
BROKEN: dict[str, tuple[dict[str, str] | str, tuple[str, ...]]] = {
    "outside": ({"sample": "return 2.0 * (rng.random(size) < p)"},
                ("sample returned 2 at draw", "outside support (0, 1)", "widen support or mend sample", "p=1/2")),
    "not_a_number": ({"sample": "return np.where(rng.random(size) < p, 1.0, np.nan)"},
                     ("sample returned nan at draw", "finite number", "mend sample", "p=1/2")),
    "exact_nan": ({"exact": "return math.nan"}, ("exact returned NaN", "Mend it", "p=1/2")),
    "bound_text": ({"bound": "return 'a half'"}, ("bound returned 'a half', which is no number", "Return an int")),
    "wrong_shape": ({"sample": "return rng.random(size + 1) < p"},
                    ("shape (257,)", "size is 256", "one draw for each of `size` replicates")),
    "scalar": ({"sample": "return 0.5"}, ("shape ()", "size is 256", "one draw for each")),
    "ragged": ({"sample": "return [[1], [1, 2]]"}, ("sample returned list", "array of 256 real numbers or booleans")),
    "raises": ({"sample": "return 1 / 0"},
               ("sample raised ZeroDivisionError: division by zero", "It must return for every instance", "p=1/2")),
    "recursion": ({"exact": "return exact(p)"}, ("exact raised RecursionError", "It must return", "p=1/2")),
    "shared": ({"sample": "return rng.random(size) < 2 * float(p) * rng.random()"},
               ("draws are not independent", "F-test", "Make `size` independent replicates", "p=1/2")),
    "hidden_state": ({"sample": "return np.random.default_rng().random(size) < p"},
                     ("different draws for the same generator", "function of rng", "no np.random")),
    "fixed_seed": ({"sample": "return np.random.default_rng(0).random(size) < p"},
                   ("same draws for two different generators", "must come from rng", "remove the fixed seed")),
    "not_encodable": ({"given": '{"p": st.just(lambda: 0)}'},
                      ("the parameter p is a function", "can't be stored and replayed", "draw the data")),
    "disagreement": ({"exact": "return p / 2"},
                     ("sample and exact disagree", "exact returned 1/", "Mend the one that doesn't state")),
    "control_raises": ({"bound": "return c * p if c == 1 else 1 / 0"},
                       ("under the control c = 1/2", "bound raised ZeroDivisionError", "It must return")),
    "control_of_nothing": ({"controls": '[{"d": 2}]'},
                           ("{'d': 2} names 'd', which is no constant of this claim (constants: c)", "override")),
    "no_controls": ({"controls": "[]"}, ("it has no controls", "at least one wrong twin", "controls=[{'c': 1.9}]")),
    "no_support": ({"support": "None"}, ("it samples but names no support", "support=(low, high)")),
    "unknown_parameter": ({"extra": "def sample(q, rng, size): pass\n_ = sample\n", "more": "assume=lambda q: True"},
                          ("assume asks for 'q', which given doesn't draw (it draws: p)", "draw it in given")),
    "misspelt": ({"more": "tigth_at={}"}, ("unexpected keyword argument 'tigth_at'", "Mend it")),
    "does_not_parse": ("def bound(:\n", ("the file doesn't parse", "(line 1)", "Mend the line")),
    "holds_no_claim": ("x = 1\n", ("the file has no CLAIM", "CLAIM = Claim(")),
    "wrong_claim": ("CLAIM = 1\n", ("CLAIM that is a int", "CLAIM = Claim(")),
    "import_fails": ("import no_such_module\n",
                     ("raised ModuleNotFoundError", "'no_such_module' (line 1)", "must import without errors")),
    "exits": ("raise SystemExit(0)\n", ("raised SystemExit", "(line 1)", "must import without errors")),
    "unsatisfiable": ({"more": "assume=lambda p: False"},
                      ("no instance satisfies given and assume together", "Widen given")),
    "empty": ({"given": '{"p": st.nothing()}'}, ("no instance satisfies given", "Widen given")),
    "tight_elsewhere": ({"more": 'assume=lambda p: p < 1, tight_at={"p": Fraction(2)}'},
                        ("tight_at doesn't satisfy assume", "give an instance of the theorem", "p=2")),
    "ends_the_process": ({"sample": "import os; os._exit(3)"},
                         ("the process that judged it exited with status 3", "must return", "look for a crash")),
    "ends_politely": ({"sample": "raise SystemExit(0)"}, ("must return",)),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, coin: Callable[..., str],
        command: Callable[..., Any]) -> tuple[dict[str, Any], Any]:
    """All broken claims and two sound ones in one run: verdicts by claim, and the finished process."""
    folder = tmp_path_factory.mktemp("broken")
    for name, (pieces, _) in BROKEN.items():
        text = pieces if isinstance(pieces, str) else coin(**pieces)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    for name in ("first_sound", "last_sound"):
        (folder / f"{name}.py").write_text(coin(), encoding="utf-8")
    (folder / "survivor.py").write_text(coin(controls='[{"c": 2}]'), encoding="utf-8")
    names = ["first_sound", *BROKEN, "missing", "survivor", "last_sound"]
    done = command("verify", *(f"{name}.py" for name in names), "--budget", "quick", "--json", "run.json", cwd=folder)
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return {entry["claim"]: entry for entry in record["claims"]}, done


@pytest.mark.parametrize("name", BROKEN)
def test_broken_claim_says_what_to_mend(name: str, run: tuple[dict[str, Any], Any]) -> None:
    entry = run[0][name]
    assert entry["status"] == "ERROR"
    message = entry["error"]
    assert message.startswith((f"{name}: ", f"{name}.py: "))
    assert [part for part in BROKEN[name][1] if part not in message] == []
    assert "\n" not in message
    assert message.endswith((".", *(f"Instance: p={p}" for p in ("1/2", "1/4", "2"))))
    assert message in run[1].stdout


def test_missing_file_is_an_error_of_its_claim(run: tuple[dict[str, Any], Any]) -> None:
    assert run[0]["missing"]["status"] == "ERROR"
    assert "missing.py: there is no such file. Name a claim by its id" in run[0]["missing"]["error"]


def test_the_other_claims_of_the_run_are_judged(run: tuple[dict[str, Any], Any]) -> None:
    assert run[0]["first_sound"]["status"] == run[0]["last_sound"]["status"] == "SUPPORTED"
    assert len(run[0]) == len(BROKEN) + 4


def test_a_run_with_broken_claims_exits_with_2_and_no_traceback(run: tuple[dict[str, Any], Any]) -> None:
    assert run[1].returncode == 2
    assert "Traceback" not in run[1].stdout
    assert run[1].stderr == ""


def test_surviving_control_is_named(run: tuple[dict[str, Any], Any]) -> None:
    entry = run[0]["survivor"]
    assert entry["status"] == "UNDERPOWERED"
    assert "the wrong twin c = 2 survived the same search" in entry["reason"]
    assert "the wrong twin c = 2 was not refuted" in run[1].stdout


def test_claim_that_ends_the_process_does_not_pass(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    result = cli("verify", claim("coin", sample="raise SystemExit(0)"), "--budget", "quick")
    assert result.exit_code == 2
    assert "ERROR" in result.stdout


def test_huge_integers_and_mixed_tasks_are_judged(coin: Callable[..., str], command: Callable[..., Any],
                                                  tmp_path: Path) -> None:
    classes = "@dataclass\nclass A:\n    a: int\n\n@dataclass\nclass B:\n    b: int\n"
    half = '"p": st.just(Fraction(1, 2))'
    (tmp_path / "huge.py").write_text(coin(given=f'{{{half}, "n": st.just(10**400)}}'), encoding="utf-8")
    (tmp_path / "mixed.py").write_text(
        coin(given=f'{{{half}, "n": st.sampled_from([A(1), B(1)])}}', extra=classes), encoding="utf-8")
    result = command("verify", "huge.py", "mixed.py", "--budget", "quick", cwd=tmp_path)
    assert (result.returncode, result.stderr[-300:]) == (0, ""), result.stdout
