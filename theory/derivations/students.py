"""Students that minimise the empirical risk, or disagreement with teachers, over a finite class of N hypotheses.

The law `S` is that of what depends on the sample of m points: the student's risk, its loss on what it is trained on,
and the largest deviation over the class. Their meanings are given in words; what a derivation uses of them are the two
conditions of `S` (the student is a minimiser, the deviation is the largest one) and named rules.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Abs, Expr, Interval, Range, Rational, Symbol, log, oo, sqrt

from theory import concentration, distillation
from theory.cases import exhaust, start_and_rest
from theory.derivations.concentration import deviation, s
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, expectation, extend, inequality, instantiate
from theory.proof import lemma
from theory.rules import at_random, maximal, unbiased

UNIT, POSITIVE, NATURAL, LABELS = Interval(0, 1), Interval.open(0, oo), Range(1, oo), Range(0, 2)
m, hypotheses = (variable(name, NATURAL) for name in ("m", "hypotheses"))
SIZES = Domain({m: NATURAL, hypotheses: NATURAL})
slope, w = variable("slope", POSITIVE), variable("w", Interval(-oo, oo))
eta, teacher, h = variable("eta", UNIT), variable("teacher", UNIT), variable("h", LABELS)
risk, best_risk, loss, best_loss, seen, best_seen = (variable(name, UNIT) for name in (
    "student_risk", "best_risk", "student_loss", "best_loss", "student_seen", "best_seen"))
peak = variable("peak", Interval(-1, 1))
IDENTICAL = Premise("identically distributed", "the m points, with their labels, have one law; the class is "
                    "fixed before they are drawn")


def _sample(student: Symbol, best: Symbol, what: str) -> Law:
    """The law S where a hypothesis's loss, of which the sample shows an average, is `student` and `best`."""
    meaning = {risk: "the student's risk", best_risk: "the least risk in the class",
               student: f"the student's {what}", best: f"the {what} of a hypothesis of least risk",
               seen: f"the student's average {what} on the sample",
               best_seen: "that average for a hypothesis of least risk; the student's is no larger",
               peak: f"the largest, over the class, of {what} less its average on the sample"}
    ranges = {**dict.fromkeys((risk, best_risk, student, best, seen, best_seen), UNIT), peak: Interval(-1, 1)}
    domain = Domain(ranges, best_seen - seen, peak - (student - seen))
    return Law("S", tuple(domain.symbols), domain, meaning=tuple(meaning.items()))


DIRECT = _sample(risk, best_risk, "risk")
TAUGHT = _sample(loss, best_loss, "probability of disagreeing with a teacher's label")
X = Law("X", (eta, h, teacher), Domain({eta: UNIT, h: LABELS, teacher: UNIT}))
EPS = X.mean(Abs(teacher - eta))


def largest_deviation(law: Law) -> Fact:
    """E max over the class of (loss less its average on the sample) <= sqrt(ln N/(2m))."""
    free = maximal(deviation(-1), s, slope, hypotheses, peak, law,
                   Domain({slope: POSITIVE, m: NATURAL, hypotheses: NATURAL}))
    right = concentration.maximal(Rational(1, 4) / m, hypotheses)
    several = Domain({m: NATURAL, hypotheses: Range(2, oo)})
    best = instantiate(free, {slope: sqrt(8 * m * log(hypotheses))}, several)
    optimum = identity(best.right, right, several, note="the best slope is sqrt(8 m ln N)")
    one = instantiate(free, {hypotheses: 1}, Domain({slope: POSITIVE, m: NATURAL}))
    flat = variable("slope", Interval(0, oo))
    alone = instantiate(extend(one, Domain({flat: Interval(0, oo), m: NATURAL})), {flat: 0}, Domain({m: NATURAL}),
                        note="a single hypothesis: the slope tends to 0")
    return start_and_rest(law.mean(peak), right, hypotheses, SIZES, alone, chain(best, optimum))


def _excess_loss(law: Law, student: Symbol, best: Symbol) -> Fact:
    """E loss(student) - loss(best) <= sqrt(ln N/(2m)): on average the best hypothesis's average is its loss."""
    pointwise = combine(student - best, "<=", peak + best_seen - best, (1, condition(law.domain, 0)),
                        (1, condition(law.domain, 1)))
    fair = unbiased(best_seen, best, law, IDENTICAL)
    right = concentration.FINITE_CLASS_ERM_SHARP.at(hypotheses=hypotheses, m=m, c=1)
    return combine(law.mean(student - best), "<=", right, (1, expectation(pointwise, law)), (1, fair),
                   (1, largest_deviation(law)))


def erm_sharp_goal() -> Goal:
    """E L(student) - least risk <= sqrt(ln N/(2m))."""
    return Goal(DIRECT.mean(risk - best_risk), "<=",
                concentration.FINITE_CLASS_ERM_SHARP.at(hypotheses=hypotheses, m=m, c=1), SIZES, (DIRECT,),
                "the student's expected excess risk")


def erm_sharp() -> Fact:
    """The loss is the risk itself."""
    return _excess_loss(DIRECT, risk, best_risk)


def _more() -> Fact:
    """sqrt(ln N/(2m)) <= sqrt(2 ln(2N)/m)."""
    return inequality(concentration.FINITE_CLASS_ERM_SHARP.at(hypotheses=hypotheses, m=m, c=1), "<=",
                      concentration.FINITE_CLASS_ERM.at(hypotheses=hypotheses, m=m, c=1), SIZES, by="squares")


def erm_goal() -> Goal:
    """E L(student) - least risk <= sqrt(2 ln(2N)/m)."""
    return Goal(DIRECT.mean(risk - best_risk), "<=", concentration.FINITE_CLASS_ERM.at(hypotheses=hypotheses, m=m, c=1),
                SIZES, (DIRECT,), "the student's expected excess risk")


def erm() -> Fact:
    """By the sharper bound."""
    return chain(lemma(concentration.FINITE_CLASS_ERM_SHARP_PROOF), _more())


def _wrong(p: Expr) -> Expr:
    """P(h(x) != label) for a label that is 1 with probability p."""
    return h * (1 - p) + (1 - h) * p


@lru_cache(maxsize=1)
def _modulus() -> Fact:
    """w <= |w|."""
    return inequality(w, "<=", Abs(w), Domain({w: Interval(-oo, oo)}))


def _moved(first: Symbol, second: Symbol) -> Fact:
    """P(h != first label) <= P(h != second label) + E |teacher - eta| for every h."""
    pair = Domain({eta: UNIT, teacher: UNIT})
    gap = Abs(teacher - eta)
    at = {value: combine(_wrong(first).subs(h, value), "<=", _wrong(second).subs(h, value) + gap,
                         (1, instantiate(_modulus(), {w: (1 - 2 * value) * (first - second)}, pair)))
          for value in (0, 1)}
    pointwise = exhaust(_wrong(first), "<=", _wrong(second) + gap, h, at, X.domain)
    return combine(X.mean(_wrong(first)), "<=", X.mean(_wrong(second)) + EPS, (1, expectation(pointwise, X)))


def fresh_sharp_goal() -> Goal:
    """E L(student) - least risk <= 2 eps + sqrt(ln N/(2m)), eps = E |teacher - eta|."""
    right = distillation.FRESH_TEACHERS_MEAN_SHARP.at(eps=EPS, hypotheses=hypotheses, m=m, b=2, c=1)
    return Goal(TAUGHT.mean(risk - best_risk), "<=", right, SIZES, (TAUGHT, X), "the student's expected excess risk")


def fresh_sharp() -> Fact:
    """A teacher's label moves every risk by at most eps, and the sample's labels are the teachers'."""
    true, taught = X.mean(_wrong(eta)), X.mean(_wrong(teacher))
    student = at_random(_moved(eta, teacher), (h,), {true: risk, taught: loss}, TAUGHT)
    best = at_random(_moved(teacher, eta), (h,), {true: best_risk, taught: best_loss}, TAUGHT)
    pointwise = combine(risk - best_risk, "<=", 2 * EPS + loss - best_loss, (1, student), (1, best))
    return combine(TAUGHT.mean(risk - best_risk), "<=", fresh_sharp_goal().right,
                   (1, expectation(pointwise, TAUGHT)), (1, _excess_loss(TAUGHT, loss, best_loss)))


def fresh_goal() -> Goal:
    """E L(student) - least risk <= 2 eps + sqrt(2 ln(2N)/m), eps = E |teacher - eta|."""
    right = distillation.FRESH_TEACHERS_MEAN.at(eps=EPS, hypotheses=hypotheses, m=m, b=2, c=1)
    return Goal(TAUGHT.mean(risk - best_risk), "<=", right, SIZES, (TAUGHT, X), "the student's expected excess risk")


def fresh() -> Fact:
    """By the sharper bound."""
    sharper = lemma(distillation.FRESH_TEACHERS_MEAN_SHARP_PROOF)
    return combine(sharper.left, "<=", fresh_goal().right, (1, sharper), (1, _more()))
