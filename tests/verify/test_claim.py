"""The contract: what a claim is made of, and what is said when a piece is wrong."""
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from verify import Claim, ClaimError, Relation
from verify.instance import make_instance
from verify.verdict import show_override


def sample(n, rng, size, shift=0.0):
    return rng.random(size) < shift + 1 / n


def exact(n):
    return 1 / n


def bound(n, c=1.0):
    return c / n


FIELDS: dict[str, Any] = {
    "title": "A statement", "source": "test", "given": {"n": st.integers(2, 9)}, "sample": sample, "exact": exact,
    "bound": bound, "support": (0, 1), "controls": [{"c": 0.5}],
}


def claim(**changed: Any) -> Claim:
    return Claim(**{**FIELDS, **changed})


def test_contract_has_stable_defaults():
    made = claim()
    assert made.relation is Relation.AT_MOST
    assert made.fidelity == "reconstructed"
    assert made.block == 4096
    assert made.constants == {"shift": 0.0, "c": 1.0}
    assert made.id == "test_claim"
    assert claim(relation=">=").relation is Relation.AT_LEAST


REJECTED = {
    "no title": ({"title": " "}, "title is ' '; it is a sentence that a reader sees."),
    "no source": ({"source": None}, "source is None; it is a sentence that a reader sees."),
    "fidelity": ({"fidelity": "exact"}, "fidelity is 'exact'; it is one of verbatim, secondary, reconstructed."),
    "given of numbers": ({"given": {"n": 3}},
                         "given['n'] is 3; it is a Hypothesis strategy, such as st.integers(1, 9)."),
    "given is a list": ({"given": [3]}, "given is [3]; it maps parameter names to Hypothesis strategies, or is one "
                                        "strategy of dicts."),
    "no left-hand side": ({"sample": None, "exact": None},
                          "it has neither sample nor exact; at least one of them gives "
                          "the left-hand side."),
    "no bound": ({"bound": None}, "it has no bound; bound(...) returns the right-hand side."),
    "bound is a number": ({"bound": 3}, "bound is 3; it is a function of the parameters it names."),
    "sample without support": ({"support": None}, "it samples but names no support; support=(low, high) holds every "
                                                  "draw; either may be infinite."),
    "support of one": ({"support": (0,)}, "support is (0,); it is (low, high) with low <= high."),
    "support reversed": ({"support": (1, 0)}, "support is (1, 0); it is (low, high) with low <= high."),
    "support of NaN": ({"support": (math.nan, 0)}, "support is (nan, 0); it is (low, high) with low <= high."),
    "support without an end": ({"support": (0, None)}, "support is (0, None); it is (low, high) with low <= high."),
    "unknown parameter": ({"bound": lambda m: m},
                          "bound asks for 'm', which given doesn't draw (it draws: n); draw it in "
                                                  "given, or give it a default to make it a constant."),
    "starred": ({"bound": lambda *n: n}, "bound takes *n; every parameter is named, so that it can be passed."),
    "keywords": ({"bound": lambda **n: n}, "bound takes **n; every parameter is named, so that it can be passed."),
    "positional": ({"bound": lambda n, /: n}, "bound takes n; every parameter is named, so that it can be passed."),
    "sample without rng": ({"sample": lambda n, size: 0}, "sample takes (n, size); it takes rng and size among its "
                                                          "parameters."),
    "bound with rng": ({"bound": lambda n, rng: 0},
                       "bound asks for 'rng', which given doesn't draw (it draws: n); draw "
                                                    "it in given, or give it a default to make it a constant."),
    "two defaults": ({"exact": lambda n, c=2.0: c},
                     "the constant 'c' is 2.0 in one function and 1.0 in bound; a constant "
                                                    "has the same default everywhere."),
    "relation": ({"relation": "<"}, "relation is '<'; it is '<=', '>=' or '=='."),
    "controls missing": ({"controls": []}, "it has no controls; every claim has at least one wrong twin, such as "
                                           "controls=[{'c': 1.9}], that must be refuted."),
    "controls a dict": ({"controls": {"c": 2}},
                        "controls is {'c': 2}; it is a list of overrides, such as [{'c': 1.9}]."),
    "control empty": ({"controls": [{}]}, "a control is {}; it maps constants to wrong values."),
    "control unknown": ({"controls": [{"d": 2}]}, "the control {'d': 2} names 'd', which is no constant of this claim "
                        "(constants: shift, c); override a keyword with a default, or one of given, assume, relation."),
    "control of a parameter": ({"controls": [{"n": 2}]}, "the control {'n': 2} names 'n', which is no constant of this "
                               "claim (constants: shift, c); override a keyword with a default, or one of given, "
                               "assume, relation."),
    "control relation": ({"controls": [{"relation": "<"}]},
                         "the control {'relation': '<'} has relation '<'; it is '<=', "
                                                            "'>=' or '=='."),
    "tight_at": ({"tight_at": 3}, "tight_at is 3; it maps each parameter of given to a value."),
    "block small": ({"block": 63}, "block is 63; it is a whole number of draws, at least 64."),
    "block fractional": ({"block": 100.0}, "block is 100.0; it is a whole number of draws, at least 64."),
}


@pytest.mark.parametrize("name", REJECTED)
def test_claim_is_rejected_with_subject_value_rule_and_remedy(name):
    changed, message = REJECTED[name]
    with pytest.raises(ClaimError) as caught:
        claim(**changed)
    assert str(caught.value) == f"{changed.get('title', 'A statement')}: {message}"


def test_misspelt_field_is_an_error():
    with pytest.raises(TypeError, match=r"contols"):
        claim(contols=[])


@pytest.mark.parametrize("builtin", [max, np.add], ids=["builtin", "ufunc"])
def test_function_without_a_readable_signature_is_an_error_of_the_claim(builtin):
    with pytest.raises(ClaimError):
        claim(bound=builtin)


def test_equal_arrays_may_be_the_default_of_a_constant_in_two_functions():
    made = claim(exact=lambda n, w=np.ones(2): w.sum(), bound=lambda n, c=1.0, w=np.ones(2): c * w.sum())  # noqa: B008
    assert set(made.constants) == {"shift", "c", "w"}


def values(n: int = 4) -> Mapping[str, Any]:
    return make_instance({"n": n}, {}).values


def test_functions_receive_the_parameters_they_name_and_overridden_constants():
    plain, twin = claim().statement(), claim().statement({"c": 3.0})
    assert plain.bound(values()) == 0.25
    assert twin.bound(values()) == 0.75
    assert twin.exact(values()) == 0.25
    assert twin.sample(values(), np.random.default_rng(0), 5).shape == (5,)


def test_missing_parameter_of_a_strategy_of_dicts_is_named():
    statement = claim(given=st.just({"m": 3})).statement()
    with pytest.raises(ClaimError, match=r"asks for the parameter 'n', but an instance has only \['m'\]. Draw 'n'"):
        statement.bound({"m": 3})


@pytest.mark.parametrize(("override", "draws", "instances"), [
    ({"c": 2.0}, True, True), ({"relation": ">="}, True, True), ({"shift": 0.5}, False, True),
    ({"assume": None}, False, False), ({"given": {"n": st.just(2)}}, False, False), ({"least": 1}, True, False),
])
def test_twin_knows_what_it_shares_with_its_claim(override, draws, instances):
    twin = claim(assume=lambda n, least=2: n >= least).statement(override)
    assert twin.draws_like_claim is draws
    assert twin.same_instances is instances


def test_exact_value_is_unknown_where_the_override_breaks_sample_alone():
    assert claim().statement({"shift": 0.5}).exact(values()) is None
    assert claim().statement({"c": 0.5}).exact(values()) == 0.25
    both = claim(exact=lambda n, shift=0.0: shift + 1 / n)
    assert both.statement({"shift": 0.5}).exact(values()) == 0.75


def test_hypotheses_and_relation_can_be_dropped_and_turned():
    hypothesis = claim(assume=lambda n, least=3: n >= least)
    assert not hypothesis.statement().holds_hypotheses(values(2))
    assert hypothesis.statement({"least": 2}).holds_hypotheses(values(2))
    assert hypothesis.statement({"assume": None}).holds_hypotheses(values(2))
    assert hypothesis.statement({"relation": "=="}).relation is Relation.EQUAL


@pytest.mark.parametrize(("override", "text"), [
    ({"c": 1.9}, "c = 1.9"), ({"assume": None}, "without assume"), ({"assume": bool}, "another assume"),
    ({"given": {"n": 1}}, "given n"), ({"given": 3}, "given another strategy"), ({"relation": ">="}, "relation = >="),
    ({"c": 1, "relation": "=="}, "c = 1, relation = =="),
])
def test_override_has_a_short_text(override, text):
    assert show_override(override) == text
