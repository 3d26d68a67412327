"""The benchmarks' framework: ratios, tables, what is left out, and the check that all routes answer the same."""

from __future__ import annotations

from dataclasses import replace

import numba
import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks import agreement, compiled, workload
from benchmarks.report import duration, notes, table
from benchmarks.timing import Spread, measure, summary
from benchmarks.workload import NUMPY, PROJECT, SKLEARN, C, Route, Unavailable, Workload


def prepared():
    return lambda seed, size: np.random.default_rng(seed).random(size)


def broken():
    return lambda seed, size: np.random.default_rng(seed).random(size) / 2


def missing():
    raise Unavailable("there is none")


TOY = Workload(name="toy", title="uniforms", check=agreement.same_means,
               routes={NUMPY: Route(prepared, 2000), PROJECT: Route(prepared, 1000), SKLEARN: Route(missing, 10)},
               targets={NUMPY: 5, SKLEARN: 100})
TIMES = {PROJECT: [2.0, 3.0, 2.0], NUMPY: [10.0, 9.0, 12.0], C: [1.0, 2.0, 4.0]}
COMPARED = Workload(name="compared", title="times", check=agreement.same_means,
                    routes={name: Route(prepared, 1) for name in TIMES}, targets={NUMPY: 5, C: 1.15})


def test_ratios_are_taken_round_by_round_and_upside_down_for_c():
    project, numpy, c = summary(COMPARED, TIMES)
    assert project.ratio is None
    assert project.reached is None
    assert numpy.ratio == Spread(5.0, 4.0, 5.5)
    assert numpy.reached is True
    assert c.ratio == Spread(1.5, 1.0, 1.75)
    assert c.reached is False


def test_a_missed_target_shows_in_the_table():
    result = measure(TOY, 1)
    lines = table([replace(result, measured=summary(COMPARED, TIMES))]).splitlines()
    assert lines[0] == "| workload | route | time | ratio | target | reached |"
    assert lines[2:] == [
        "| `compared`: times | project | 2 s a replicate |  |  |  |",
        "|  | NumPy/SciPy | 10 s a replicate | 5 (4 to 5.5) | at least 5 | yes |",
        "|  | C | 2 s a replicate | 1.5 (1 to 1.75) | at most 1.15 | NO |",
    ]


def test_a_missing_route_is_left_out_with_a_word():
    result = measure(TOY, 2)
    assert [measured.route for measured in result.measured] == [PROJECT, NUMPY]
    assert notes([result]) == ["scikit-learn is left out: there is none (toy)."]


def test_without_the_project_nothing_is_timed():
    result = measure(replace(TOY, routes={PROJECT: Route(missing, 1), NUMPY: Route(prepared, 1)}, targets={}), 1)
    assert result.measured == ()
    assert notes([result]) == ["project is left out: there is none (toy)."]


def test_measuring_leaves_the_number_of_threads_alone():
    before = numba.get_num_threads()
    measure(TOY, 1)
    assert numba.get_num_threads() == before


def test_different_answers_are_an_error_and_are_not_timed(monkeypatch, capsys):
    wrong = replace(TOY, routes={PROJECT: Route(prepared, 1000), NUMPY: Route(broken, 1000)}, targets={})
    monkeypatch.setattr(command, "load", lambda name: wrong)
    assert command.main(["toy"]) == 1
    assert "routes disagree" in capsys.readouterr().err


def test_values_are_compared_to_the_bit_as_far_as_both_go():
    one, other = np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.2])
    agreement.same_values({PROJECT: one, C: other}, PROJECT, C)
    agreement.same_values({PROJECT: one}, PROJECT, C)
    with pytest.raises(AssertionError, match="in 1 of 2 replicates; the first is 1"):
        agreement.same_values({PROJECT: one, C: np.nextafter(other, [0.1, 1])}, PROJECT, C)
    with pytest.raises(AssertionError, match="differ"):
        agreement.same_values({PROJECT: one, C: np.array([np.nan])}, PROJECT, C)


def test_a_mean_is_compared_with_its_exact_value():
    with pytest.raises(AssertionError, match="the exact value"):
        agreement.same_means({PROJECT: np.random.default_rng(0).random(10_000)}, exact=0.6)


def test_no_compiler_is_no_failure(monkeypatch):
    monkeypatch.setenv("CC", "no-such-compiler")
    compiled.library.cache_clear()
    with pytest.raises(Unavailable, match="no C compiler 'no-such-compiler'"):
        compiled.function("uniform", "means")


def test_no_scikit_learn_is_no_failure():
    with pytest.raises(Unavailable, match="not installed"):
        workload.scikit_learn("no_such_module")


@pytest.mark.parametrize("name", workload.names())
def test_every_workload_is_named_after_its_module(name):
    found = workload.load(name)
    assert found.name == name
    assert found.title


def test_unknown_names_are_an_error_that_lists_the_known(capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(["uniform", "nosuch"])
    assert stopped.value.code == 2
    assert "no workload 'nosuch'" in capsys.readouterr().err


def test_the_list_names_every_workload(capsys):
    assert command.main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == workload.names()


def test_the_command_prints_a_table(capsys):
    assert command.main(["uniform", "--rounds", "1"]) == 0
    assert "| `uniform`: the mean of 1000 uniform variates | project |" in capsys.readouterr().out


@pytest.mark.parametrize("fields", [{"routes": {NUMPY: Route(prepared, 1)}}, {"targets": {"R": 2}}])
def test_a_workload_checks_its_names(fields):
    with pytest.raises(ValueError, match=r"add it|give targets"):
        replace(TOY, **fields)


@pytest.mark.parametrize(("seconds", "text"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (3.2e-6, "3.2 us"), (4e-9, "4 ns")])
def test_durations_are_readable(seconds, text):
    assert duration(seconds) == text
