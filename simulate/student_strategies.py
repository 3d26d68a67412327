"""Hypothesis strategies for students with a confidence level, and the instances on which they fare worst.

Every strategy draws dicts with a `Binary` task, a class of labellings, what the student's m labels are drawn from and
the confidence delta.
"""
from fractions import Fraction
from math import log, sqrt
from typing import Any

from hypothesis import strategies as st

from simulate import strategies
from simulate.circle import Circle
from simulate.strategies import Instances, fractions01
from simulate.tasks import HALF, Binary, Number

CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 100, 1000, 10**6))
MOST_POINTS = 400  # of the student in instances with two hypotheses, where enumeration stays cheap


def confidences() -> st.SearchStrategy[Fraction]:
    """Probabilities of failure, at most 1/10; 1/10 is simplest."""
    return st.sampled_from(CONFIDENCE)


def misled(eta: Fraction, lead: Fraction, m: int, delta: Fraction) -> dict[str, Any]:
    """One point, label 1 with probability eta/2, teachers that answer 1 with probability near 1/2: who is misled?

    The labels lean to the wrong side, or nearly so: what 2 eps, and not eps, is paid for.
    """
    return {"task": Binary((1,), (eta / 2,)), "hypotheses": ((1,), (0,)), "teacher": (HALF + (lead - HALF) / 8,),
            "m": m, "delta": delta}


def rivals(share: Fraction, margin: Fraction, m: int, delta: Fraction) -> dict[str, Any]:
    """Two hypotheses that differ on a set of mass `share` and margin `margin`; the wrong one comes first."""
    task = Binary((share, 1 - share), (HALF + margin / 2, 1))
    return {"task": task, "hypotheses": ((0, 1), (1, 1)), "m": m, "delta": delta}


def taught_students() -> Instances:
    """{"task", "hypotheses", "teacher", "m", "delta"}: fresh teachers of any kind, among them misleading ones."""
    general = strategies.merged(strategies.binary_with_class_and_teacher(), st.fixed_dictionaries(
        {"m": st.integers(1, 60), "delta": confidences()}))
    two = st.builds(misled, fractions01(100), fractions01(100), st.integers(1, MOST_POINTS), confidences())
    return st.one_of(general, two, st.builds(perfectly_taught, _rivals()))


def perfectly_taught(instance: dict[str, Any]) -> dict[str, Any]:
    """The instance with perfect samplers as teachers."""
    return {**instance, "teacher": instance["task"].eta}


def _rivals() -> Instances:
    shares, margins = st.one_of(st.just(Fraction(1)), fractions01(100)), fractions01(100).filter(bool)
    sizes = st.integers(1, MOST_POINTS)
    return st.one_of(st.builds(rivals, shares, margins, sizes, confidences()),
                     st.builds(_close_rivals, fractions01(20), sizes, confidences()))


def _close_rivals(level: Fraction, m: int, delta: Fraction) -> dict[str, Any]:
    """Rivals whose margin is half of what Hoeffding's inequality needs to tell them apart, or more, or all of it."""
    needed = Fraction(sqrt(2 * log(4 / delta) / m)).limit_denominator(1000)
    return rivals(Fraction(1), min((1 + level) / 2 * needed, Fraction(1)), m, delta)


def students_with_margin() -> Instances:
    """{"task", "hypotheses", "m", "delta", "g0"}: margins of at least g0, the Bayes classifier in the class."""
    general = strategies.merged(strategies.binary_with_class(), st.fixed_dictionaries(
        {"m": st.integers(1, 60), "delta": confidences()}))
    return st.one_of(st.builds(_sharpened, general, fractions01(20).filter(bool)),
                     st.builds(_with_margin, _rivals()))


def students_without_the_best() -> Instances:
    """The same keys, but the class lacks the Bayes classifier."""
    def without(instance: dict[str, Any]) -> dict[str, Any]:
        best = instance["hypotheses"][-1]
        others = (tuple(1 - label for label in best), *instance["hypotheses"][:-1])
        return {**instance, "hypotheses": tuple(dict.fromkeys(others)), "m": 10 * instance["m"]}

    return students_with_margin().map(without).filter(lambda instance: len(instance["hypotheses"]) >= 2)


def students_with_less_margin() -> Instances:
    """The same keys, but some margin is below g0 = 1."""
    return _rivals().filter(lambda instance: instance["task"].margin()[0] < 1).map(
        lambda instance: {**instance, "g0": Fraction(1)})


def _with_margin(instance: dict[str, Any]) -> dict[str, Any]:
    return {**instance, "g0": instance["task"].margin()[0]}


def _sharpened(instance: dict[str, Any], least: Fraction) -> dict[str, Any]:
    """Every margin g becomes least + (1 - least) g; the Bayes classifier joins the class, at the worst place."""
    task = instance["task"]
    task = Binary(task.mass, tuple(_away(eta, least) for eta in task.eta))
    best = task.bayes_classifier()
    others = tuple(h for h in instance["hypotheses"] if h != best) or (tuple(1 - label for label in best),)
    return {**instance, "task": task, "hypotheses": (*others, best), "g0": least}


def _away(eta: Number, least: Fraction) -> Number:
    side = 1 if 2 * eta >= 1 else -1
    return HALF + side * (least + (1 - least) * abs(2 * eta - 1)) / 2


def good_students(max_points: int = 4) -> Instances:
    """{"task", "hypotheses", "m"}: margins between 1/4 and 3/4, the Bayes classifier in the class, 40 <= m <= 400.

    There a teacher that is a sampler errs notably more often than the Bayes classifier.
    """
    def instance(drawn: dict[str, Any], m: int) -> dict[str, Any]:
        task = drawn["task"]
        task = Binary(task.mass, tuple(_away(HALF + (eta - HALF) * 2 / 3, Fraction(1, 4)) for eta in task.eta))
        best = task.bayes_classifier()
        others = tuple(h for h in drawn["hypotheses"] if h != best)
        return {"task": task, "hypotheses": (*others, best), "m": m}

    return st.builds(instance, strategies.binary_with_class(max_points), st.integers(40, MOST_POINTS))


def threshold_circles(max_hypotheses: int = 8) -> Instances:
    """{"circle", "hypotheses"}: eta below 1/2 up to some threshold j / hypotheses and above it from there on.

    So the Bayes classifier is one of the thresholds 1{x >= j / hypotheses}; away from them margins are near 1/2.
    """
    def circles(hypotheses: int) -> Instances:
        margins = st.lists(st.integers(0, 4), min_size=2 * hypotheses, max_size=2 * hypotheses)
        return st.builds(lambda j, grades: {"circle": _threshold_circle(2 * j, grades), "hypotheses": hypotheses},
                         st.integers(0, hypotheses - 1), margins)

    return strategies.by_size(st.integers(1, max_hypotheses), circles)


def _threshold_circle(first: int, grades: list[int]) -> Circle:
    """Knots (1 +- g)/2 with g = (4 + grade)/12, minus before knot `first`, plus from there on, and 1/2 at both ends."""
    knots = [HALF + (1 if i >= first else -1) * Fraction(4 + grade, 24) for i, grade in enumerate(grades)]
    if first:
        knots[0] = knots[first] = HALF
    return Circle(tuple(knots))
