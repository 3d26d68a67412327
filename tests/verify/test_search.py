"""Instances are drawn, climbed and shrunk deterministically, and small spaces are searched completely."""
import tomllib
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from simulate import strategies
from verify import Claim, ClaimError, Status, run
from verify.loading import by_path, load
from verify.search import explore, shrink, simplest


def statement(given, **fields):
    return Claim(title="A statement", source="test", given=given, exact=lambda: 0, bound=lambda c=1: c,
                 controls=[{"c": -1}], **fields).statement()


def explored(given, seed="a", examples=60, **fields):
    seen = []

    def score(instance):
        seen.append(instance)
        return float(len(instance.key))

    explore(statement(given, **fields), score, examples=examples, seed=seed)
    return seen


BOX = {"x": st.floats(0, 1), "n": st.integers(0, 10**6), "task": strategies.binary_tasks()}


def test_same_seed_meets_the_same_instances_and_another_seed_meets_others():
    first, again, other = (explored(BOX, seed) for seed in ("a", "a", "b"))
    assert [i.key for i in first] == [i.key for i in again]
    assert [i.key for i in first] != [i.key for i in other]


def test_instances_do_not_depend_on_the_constants_of_imported_modules(tmp_path, monkeypatch):
    before = [i.key for i in explored(BOX, examples=200)]
    (tmp_path / "full_of_constants.py").write_text("\n".join(f"x{i} = 0.{i}123\ny{i} = 77{i}" for i in range(1, 200)))
    monkeypatch.syspath_prepend(str(tmp_path))
    __import__("full_of_constants")
    assert [i.key for i in explored(BOX, examples=200)] == before


def test_half_of_the_bounded_floats_are_uniform():
    """Of 400 draws about 200 are uniform; fewer than 120 off the grid of simple floats has probability below 1e-15."""
    seen = {i.values["x"] for i in explored({"x": st.floats(0, 1)}, examples=400)}
    uniform = [x for x in seen if 0 < x < 1 and x > 1e-9 and Fraction(x).denominator > 2**40]
    assert len(uniform) >= 120
    assert all(sum(i / 4 <= x < (i + 1) / 4 for x in uniform) >= 30 for i in range(4))


def test_no_part_of_an_instance_is_copied_over_another():
    """Of 200 pairs of numbers up to 10^9 two equal ones, neither of them 0, would be copies."""
    number = st.integers(0, 10**9)
    pairs = explored(st.fixed_dictionaries({"first": number, "second": number}), examples=200)
    assert len(pairs) >= 100
    assert not [pair for pair in pairs if pair.values["first"] == pair.values["second"] > 1000]


def test_engine_leaves_hypothesis_as_it_is():
    def drawn():
        seen = []

        @seed(7)
        @settings(max_examples=50, database=None, deadline=None)
        @given(st.tuples(st.floats(0, 1), st.integers(0, 10**6), st.text()))
        def test(value):
            seen.append(value)

        test()
        return seen

    before = drawn()
    assert explored(BOX)
    assert shrunk()[0] is not None
    assert drawn() == before


def test_hypothesis_is_within_the_range_in_which_its_internals_were_seen_to_hold():
    root = next(folder for folder in Path(__file__).parents if (folder / "pyproject.toml").exists())
    requirements = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    wanted = next(text.removeprefix("hypothesis") for text in requirements if text.startswith("hypothesis"))
    assert "<" in wanted
    assert version("hypothesis") in SpecifierSet(wanted)


@settings(max_examples=3, database=None, derandomize=True, deadline=None,
          suppress_health_check=[HealthCheck.nested_given])
@given(st.integers(0, 3))
def test_engine_may_be_called_within_a_hypothesis_test(number):
    assert explored({"n": st.just(number)})[0].values == {"n": number}


def test_assume_filters_and_the_search_goes_on():
    assert all(i.values["n"] % 2 == 0 for i in explored({"n": st.integers(0, 99)}, assume=lambda n: n % 2 == 0))


@pytest.mark.parametrize(("strategy", "message"), [
    ({"n": st.integers(0, 9).filter(lambda n: n > 9)}, "no instance satisfies given and assume together. Widen given"),
    ({"n": st.nothing()}, "no instance satisfies given and assume together|could not draw from given"),
    ({"n": st.integers(0, 9).map(lambda n: 1 // 0)}, "drawing an instance raised ZeroDivisionError: .*Mend"),
    ({"n": st.integers(9, 0)}, "Hypothesis could not draw from given: .*Mend the strategy"),
    (st.integers(), "given drew .*, but an instance maps parameter names to values"),
    ({"n": st.just(object())}, "the parameter n is a object"),
])
def test_strategy_that_yields_no_instance_is_an_error(strategy, message):
    with pytest.raises(ClaimError, match=message):
        explored(strategy)


def test_first_error_of_the_claim_is_the_one_that_is_raised():
    def score(instance):
        raise ClaimError(f"broken at {instance}")

    with pytest.raises(ClaimError, match=r"broken at n=0"):
        explore(statement({"n": st.integers(0, 9)}), score, examples=30, seed="a")


def test_error_inside_the_engine_is_not_swallowed():
    with pytest.raises(KeyError):
        explore(statement({"n": st.integers(0, 9)}), lambda instance: {}["x"], examples=30, seed="a")


def test_small_space_is_searched_completely():
    """Fresh draws alone would miss one of 64 instances now and then, and the rare one nearly always."""
    digits = st.integers(0, 3)
    seen = explored({"n": st.tuples(digits, digits, digits)}, examples=100)
    assert len(seen) == len({i.key for i in seen}) == 64
    rare = {"n": st.lists(st.just(1), max_size=12).map(len)}
    assert {i.values["n"] for i in explored(rare, examples=100)} == set(range(13))


def test_each_instance_is_scored_once_and_the_search_ends_where_it_should():
    assert len(explored(BOX, examples=60)) == 60
    assert len(explored({"n": st.just(3)}, examples=60)) == 1


def test_hypotheses_that_are_rarely_met_are_met():
    seen = explored({"n": st.integers(0, 10**4)}, examples=60, assume=lambda n: n % 7 == 0)
    assert 60 >= len(seen) >= 25


@pytest.mark.parametrize("given", [{"x": st.floats(0, 1), "y": st.floats(-3, 3)},
                                   {"x": st.integers(0, 10**6), "y": st.integers(-10**6, 10**6)}])
def test_search_climbs(given):
    """Of 300 uniform pairs the best has a value of about -0.03; of 60 such searches none ended below -3e-4."""
    def score(instance):
        x, y = instance.values["x"], instance.values["y"]
        scale = 1 if isinstance(x, float) else 10**6
        values.append(-abs(x / scale - 0.271828) - abs(y / scale + 0.5772))
        return values[-1]

    for text in "abcde":
        values: list[float] = []
        explore(statement(given), score, examples=300, seed=text)
        assert max(values) > -2e-3


@pytest.mark.parametrize("numbers", [st.integers(), st.integers(0, 10**400)])
def test_a_score_that_rises_without_end_ends_the_search(numbers):
    made, seen = statement({"n": numbers}), []

    def score(instance):
        seen.append(instance)
        return float(abs(instance.values["n"]).bit_length())

    explore(made, score, examples=60, seed="a")
    assert 60 <= len(seen) <= 501


def test_shrinking_starts_from_a_suspect_that_was_climbed_to():
    made, best = statement({"n": st.integers(0, 10**6)}), {}

    def score(instance):
        best[instance.key] = value = -abs(instance.values["n"] - 271_828)
        return float(value)

    explore(made, score, examples=200, seed="s")
    suspect = max(best, key=lambda key: best[key])
    found = shrink(made, score, lambda i: i.values["n"] >= 200_000, {suspect}, examples=200, seed="s", calls=400)
    assert found is not None
    assert found.values == {"n": 200_000}


def test_simplest_instance_is_the_shortest_one():
    assert simplest(statement({"n": st.integers(0, 10**6)})).values == {"n": 0}


def shrunk(calls=400, examples=100):
    made, suspects, tried = statement({"n": st.integers(0, 10**6)}), set(), []

    def holds(instance):
        tried.append(instance.key)
        return instance.values["n"] >= 17

    explore(made, lambda i: suspects.add(i.key) or 0.0 if i.values["n"] >= 17 else 0.0, examples=examples, seed="s")
    return shrink(made, lambda i: 0.0, holds, suspects, examples=examples, seed="s", calls=calls), tried


def test_shrinking_reaches_the_smallest_instance():
    found, tried = shrunk()
    assert found is not None
    assert found.values == {"n": 17}
    assert len(tried) == len(set(tried)) <= 400


def test_shrinking_is_capped_by_calls_and_still_ends_in_an_instance_where_the_predicate_holds():
    found, tried = shrunk(calls=3)
    assert found is not None
    assert found.values["n"] >= 17
    assert len(tried) <= 3


def test_nothing_is_shrunk_without_suspects():
    assert shrink(statement({"n": st.integers(0, 9)}), lambda i: 0.0, lambda i: True, set(), examples=20, seed="s",
                  calls=9) is None


MILLION = {"given": {"n": st.integers(1, 10**6)}, "controls": [{"c": -1}]}


@pytest.mark.parametrize("seed", range(3))
def test_claim_false_exactly_from_17_on_reports_17(judged, seed):
    verdict = judged(**MILLION, exact=lambda n: int(n >= 17), bound=lambda n, c=0: c, seed=seed)
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample.instance == {"n": 17}


@pytest.mark.parametrize("seed", range(3))
def test_sampled_claim_false_exactly_from_17_on_reports_17(judged, seed):
    verdict = judged(**MILLION, sample=lambda n, rng, size: rng.random(size) < (0.9 if n >= 17 else 0.1),
                     bound=lambda n, c=0: c + 0.5, support=(0, 1), seed=seed)
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample.instance == {"n": 17}


@pytest.mark.parametrize("sampled", [False, True], ids=["exact", "sampled"])
@pytest.mark.parametrize("seed", range(3))
def test_false_claim_on_tasks_reports_the_fewest_points(judged, sampled, seed):
    def chance(task):
        return 1 - max(task.mass)

    left = {"sample": lambda task, rng, size: rng.random(size) < float(chance(task)), "support": (0, 1)}
    verdict = judged(given={"task": strategies.binary_tasks()}, **(left if sampled else {"exact": chance}),
                     bound=lambda task, c=0: c, controls=[{"c": -1}], seed=seed)
    assert verdict.status is Status.REFUTED
    assert len(verdict.counterexample.instance["task"]["fields"]["mass"]["$tuple"]) == 2


def test_false_claim_on_the_files_own_dataclass_reports_the_fewest_points(tmp_path, tiny):
    path = tmp_path / "own_task.py"
    path.write_text('''"""At most two of the heights are positive. (False from three points on.)"""
from dataclasses import dataclass
from hypothesis import strategies as st
from verify import Claim

@dataclass(frozen=True)
class Skyline:
    heights: tuple[int, ...]

SKYLINES = st.lists(st.integers(0, 9), max_size=8).map(lambda drawn: Skyline(tuple(drawn)))
CLAIM = Claim(title="A skyline has two towers", source="test", given={"city": SKYLINES},
              exact=lambda city: sum(h > 0 for h in city.heights), bound=lambda city, c=2: c, controls=[{"c": -1}])
''')
    verdict = run(load(by_path(str(path))), budget=tiny)
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample is not None
    assert verdict.counterexample.text == "city=Skyline(heights=(1, 1, 1))"
