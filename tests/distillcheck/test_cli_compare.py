"""The command `compare`: table, CSV and figures agree with the claim."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from distillcheck.compare import parse_range
from distillcheck.rooms import CATALOGUE
from verify.loading import Target, load

HEADER = ["bound", "exact", "simulation", "low", "high"]
SWEEP = {"given": '{"p": st.sampled_from([Fraction(1, 2)]), "n": st.integers(1, 9)}', "exact": "return p / 2",
         "sample": "return rng.random(size) < p / 2"}
FAST = ("--draws", "2000")


def rows_of(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return header, rows


def test_csv_holds_the_bound_and_an_interval_around_the_simulation(cli: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    result = cli("compare", "classics.hoeffding", "--over", "m=1:9", *FAST, "-o", str(file))
    assert result.exit_code == 0, result.stderr
    header, rows = rows_of(file)
    assert header == ["m", *HEADER]
    assert [row[0] for row in rows] == [str(m) for m in range(1, 10)]
    path = CATALOGUE / "classics" / "hoeffding.py"
    claim = load(Target("classics.hoeffding", str(path), "classics.hoeffding"))
    for row in rows:
        bound, exact, simulation, low, high = map(float, row[1:])
        assert bound == pytest.approx(math.exp(-2 * int(row[0]) / 4), rel=1e-12)
        assert bound == float(claim.bound(m=int(row[0]), t=Fraction(1, 2)))
        assert 0 <= low <= simulation <= high <= 1
        assert low < high
        assert low <= exact <= high
        assert exact <= bound


def test_table_says_what_the_csv_says(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", **SWEEP)
    result = cli("compare", name, "--over", "p=1/4,1/2", "--at", '{"p": 0.5, "n": 3}', *FAST, "-o", "rows.csv")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "coin: left-hand side <= bound at n=3" in " ".join(" ".join(lines[:3]).split())
    assert lines[-1] == "wrote rows.csv"
    _, rows = rows_of(Path("rows.csv"))
    table = [line.split() for line in lines if re.match(r" *1/[24] ", line)]
    assert [row[0] for row in rows] == [line[0] for line in table] == ["1/4", "1/2"]
    for row, line in zip(rows, table, strict=True):
        assert [f"{float(cell):.6g}" for cell in row[1:]] == line[1:]


def test_interval_narrows_with_more_draws(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", **SWEEP)
    widths = []
    for draws in ("500", "20000"):
        assert cli("compare", name, "--over", "p=1/2", "--draws", draws, "-o", f"{draws}.csv").exit_code == 0
        (row,) = rows_of(Path(f"{draws}.csv"))[1]
        widths.append(float(row[5]) - float(row[4]))
    assert widths[1] < widths[0] / 3


def test_same_seed_gives_the_same_file(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", **SWEEP)
    for file, seed in (("one.csv", "3"), ("two.csv", "3"), ("three.csv", "4")):
        assert cli("compare", name, "--over", "p=1/2", *FAST, "--seed", seed, "-o", file).exit_code == 0
    one, two, three = (Path(file).read_text(encoding="utf-8") for file in ("one.csv", "two.csv", "three.csv"))
    assert one == two
    assert one != three


def test_what_a_claim_lacks_stays_empty(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", more="", use_exact="None", support="(0, math.inf)")
    assert cli("compare", name, "--over", "p=1/2", *FAST, "-o", "rows.csv").exit_code == 0
    (row,) = rows_of(Path("rows.csv"))[1]
    assert row[2] == ""
    assert row[5] == "inf"


@pytest.mark.filterwarnings("ignore:.*font.*")
def test_figures_are_written_and_parse(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    from matplotlib.image import imread

    name = claim("coin", **SWEEP)
    outputs = [part for suffix in ("png", "svg", "pdf") for part in ("-o", f"figure.{suffix}")]
    result = cli("compare", name, "--over", "n=1:9", "--points", "4", *FAST, *outputs)
    assert result.exit_code == 0, result.stderr
    picture = imread("figure.png")
    assert picture.shape[0] > 400
    assert picture.shape[1] > 600
    assert picture[..., :3].std() > 0.02
    root = ElementTree.parse("figure.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    comments = Path("figure.svg").read_text(encoding="utf-8")
    for legend in ("upper bound", "exact", "simulation, anytime-valid interval", "left-hand side"):
        assert f"<!-- {legend} -->" in comments
    portable = Path("figure.pdf").read_bytes()
    assert portable.startswith(b"%PDF-")
    assert portable.rstrip().endswith(b"%%EOF")
    assert [line for line in result.stdout.splitlines() if line.startswith("wrote")] == [
        "wrote figure.png", "wrote figure.svg", "wrote figure.pdf"]


@pytest.mark.parametrize(("text", "points", "name", "values"), [
    ("n=2:5", 12, "n", [2, 3, 4, 5]),
    ("n=2:256", 3, "n", [2, 23, 256]),
    ("n=0:100", 3, "n", [0, 1, 10, 100]),
    ("n=-8:8", 3, "n", [-8, 0, 8]),
    ("p=0.1:0.9", 3, "p", [0.1, 0.5, 0.9]),
    ("k=5,1,3", 2, "k", [5, 1, 3]),
    ("p=1/3,0.5", 12, "p", [Fraction(1, 3), 0.5]),
    ("n=7:7", 12, "n", [7]),
])
def test_ranges(text: str, points: int, name: str, values: list[Any]) -> None:
    assert parse_range(text, points) == (name, pytest.approx(values))


@pytest.mark.parametrize("text", ["", "n", "n=", "=1:2", "n=5:2", "n=1:2:3", "n=a", "n=1/0", "2n=1:2", "n=1,,2"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no range; write a parameter and low:high"):
        parse_range(text, 12)


@pytest.mark.parametrize("text", ["p=nan:1", "p=inf", "p=0:inf"])
def test_range_of_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no range"):
        parse_range(text, 12)


def test_values_outside_the_hypotheses_are_left_out(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", **{**SWEEP, "more": "assume=lambda n: n % 2 == 1"})
    assert cli("compare", name, "--over", "n=1:8", *FAST, "-o", "rows.csv").exit_code == 0
    assert [row[0] for row in rows_of(Path("rows.csv"))[1]] == ["1", "3", "5", "7"]


@pytest.mark.parametrize(("arguments", "says"), [
    (["--over", "q=1:2"], "coin has no parameter 'q'; it has p, n"),
    (["--over", "p"], "--over 'p' is no range"),
    (["--over", "n=1:2", "--draws", "0"], "draws=0"),
    (["--over", "n=1:2", "--points", "0"], "points=0"),
    (["--over", "n=1:2", "--alpha", "1"], "alpha=1.0"),
    (["--over", "n=1:2", "--seed", "-1"], "seed is -1"),
    (["--over", "n=1:2", "-o", "rows.txt"], "--output rows.txt ends in '.txt'; it ends in .png"),
    (["--over", "n=1:2", "-o", "nowhere/rows.csv"], "--output nowhere/rows.csv can't be written"),
    (["--over", "n=1:2", "--at", "{"], "--at '{' is no JSON"),
    (["--over", "n=1:2", "--at", "[]"], "must be a JSON object"),
    (["--over", "n=1:2", "--at", '{"n": 1}'], "bound asks for the parameter 'p'"),
    (["--over", "n=2:2"], "no value of n gives an instance of coin"),
])
def test_mistake_is_one_paragraph(arguments: list[str], says: str, claim: Callable[..., str], cli: Callable[..., Any],
                                  is_paragraph: Callable[[str], bool]) -> None:
    name = claim("coin", **{**SWEEP, "more": "assume=lambda n: n != 2"})
    result = cli("compare", name, *FAST, *arguments)
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert is_paragraph(result.stderr), result.stderr


@pytest.mark.parametrize(("target", "says"), [
    ("kaplun2022", "claims; name one, such as kaplun2022."), ("cover_hat", "is no claim, no paper and no path"),
    ("broken.py", "the file has no CLAIM"), ("missing.py", "there is no such file"),
])
def test_unusable_claim_is_one_paragraph(target: str, says: str, tmp_path: Path, cli: Callable[..., Any],
                                         is_paragraph: Callable[[str], bool],
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.py").write_text("x = 1\n", encoding="utf-8")
    for arguments in (["compare", target, "--over", "n=1:2"], ["show", target]):
        result = cli(*arguments)
        assert result.exit_code == 2
        assert says in result.stderr
        assert is_paragraph(result.stderr)


def test_instance_of_a_verdict_can_be_given(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", **SWEEP)
    run = json.loads(cli("verify", name, "--budget", "quick", "--json", "-").stdout)
    instance = json.dumps(run["claims"][0]["worst"]["instance"])
    assert cli("compare", name, "--over", "n=1:3", "--at", instance, *FAST).exit_code == 0
