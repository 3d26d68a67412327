"""Top-k sets by true and by learnt probabilities: means over a point and a label drawn uniformly from L.

A set of k labels with the indicator s has true mass L E[s p*]. That it is a top k by p_t means that p_t is at least a
cut inside and at most the cut outside; that two sets have equally many labels, that E(s - s' | X) = 0.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, Max, Range, oo

from theory.cases import exhaust
from theory.domain import Domain, variable
from theory.facts import Fact, Law
from theory.goal import Goal
from theory.kernel import combine, condition, definition, expectation, inequality, mirror, parts
from theory.retrieval import TOP_K_MASS, TOP_K_REGRET_L1, TOP_K_REGRET_MAX
from theory.rules_conditional import OF_X, conditional_mean
from theory.rules_integrals import antisymmetric, least

UNIT, BIT, NATURAL, SIGNED = Interval(0, 1), Range(0, 2), Range(1, oo), Interval(-1, 1)
truth, teacher, cut, distance, share = (variable(name, UNIT) for name in ("truth", "teacher", "cut", "distance",
                                                                         "share"))
best, chosen, balance = variable("best", BIT), variable("chosen", BIT), variable("balance", SIGNED)
classes, k = variable("classes", NATURAL), variable("k", NATURAL)
SETS = {truth: UNIT, teacher: UNIT, best: BIT, chosen: BIT, cut: UNIT, balance: SIGNED}
TOP = (2 * chosen - 1) * (teacher - cut)
EQUALLY_MANY = (balance, -balance)
MEANING = ((cut, OF_X), (balance, f"E({best - chosen} | X)"))
C = Law("C", (truth, teacher, best, chosen, cut, balance), Domain(SETS, TOP, *EQUALLY_MANY), meaning=MEANING)
LOST = (best - chosen) * truth


def lost(above: Expr, pointwise: Fact, law: Law) -> Fact:
    """E[(best - chosen) truth] <= E above, from (best - chosen) (truth - teacher) <= above."""
    where = Domain({chosen: BIT, best: BIT, teacher: UNIT, cut: UNIT}, TOP)
    outside = inequality((best - chosen) * (teacher - cut), "<=", 0, where, note="the teacher's own order")
    apart = combine(LOST, "<=", above + (best - chosen) * cut, (1, pointwise), (1, outside), domain=law.domain)
    none = conditional_mean(law, best - chosen, balance, cut)
    still = combine(cut * balance, "<=", 0, (cut, condition(law.domain, law.domain.conditions.index(-balance))))
    return combine(law.mean(LOST), "<=", law.mean(above), (1, expectation(apart, law)), (1, none),
                   (1, expectation(still, law)))


def lost_l1_goal() -> Goal:
    """L E[(best - chosen) p*] <= L E |p_t - p*|: sums over the labels."""
    right = classes * C.mean(TOP_K_REGRET_L1.at(truth=truth, teacher=teacher, c=1))
    return Goal(classes * C.mean(LOST), "<=", right, Domain({classes: NATURAL}), (C,),
                "the true mass of the best k labels less that of the teacher's")


def lost_l1() -> Fact:
    """Where the sets differ, p* - p_t is at most its modulus."""
    goal = lost_l1_goal()
    bits = Domain({best: BIT, chosen: BIT, truth: UNIT, teacher: UNIT})
    mistake = inequality((best - chosen) * (truth - teacher), "<=", Abs(teacher - truth), bits)
    return combine(goal.left, "<=", goal.right, (classes, lost(Abs(teacher - truth), mistake, C)),
                   domain=goal.domain)


SIZES = {classes: NATURAL, k: NATURAL}
K_LABELS = (share * classes - k, k - share * classes)
NEAR = (distance - truth + teacher, distance + truth - teacher)
CM = Law("C", (truth, teacher, best, chosen, cut, balance, distance, share),
         Domain({**SETS, **SIZES, distance: UNIT, share: UNIT}, TOP, *EQUALLY_MANY, *K_LABELS, *NEAR),
         meaning=(*MEANING, (distance, OF_X), (share, f"E({best} | X)")))


def lost_max_goal() -> Goal:
    """L E[(best - chosen) p*] <= 2 min(k, L - k) E max |p_t - p*|."""
    right = TOP_K_REGRET_MAX.at(k=k, classes=classes, distance=CM.mean(distance), c=1)
    return Goal(classes * CM.mean(LOST), "<=", right, Domain(SIZES, classes - k), (CM,),
                "the true mass of the best k labels less that of the teacher's")


def _holds(law: Law, what: Expr) -> Fact:
    """The law's condition what >= 0."""
    return condition(law.domain, law.domain.conditions.index(what))


def _by_share(counts: Expr, of_best: int, sizes: Expr) -> Fact:
    """L E[(best - chosen) p*] <= 2 sizes E distance, from a bound that counts labels, best ones of_best times."""
    one, other = (best, chosen) if of_best > 0 else (1 - chosen, 1 - best)
    mistake = combine((best - chosen) * (truth - teacher), "<=", counts * distance, (one, _holds(CM, NEAR[0])),
                      (other, _holds(CM, NEAR[1])))
    above = lost(counts * distance, mistake, CM)
    swap = conditional_mean(CM, best - chosen, balance, distance)
    members = conditional_mean(CM, best, share, distance)
    # E[(best - chosen) distance] = 0 from both sides, and L share = k.
    side = -balance if of_best < 0 else balance
    even = combine(0, "<=", distance * side, (distance, _holds(CM, side)))
    number = K_LABELS[1] if of_best > 0 else K_LABELS[0]
    size = combine(0, "<=", 2 * distance * number, (2 * distance, _holds(CM, number)))
    return combine(classes * CM.mean(LOST), "<=", 2 * sizes * CM.mean(distance), (classes, above),
                   (-of_best * classes, swap), (2 * of_best * classes, members), (classes, expectation(even, CM)),
                   (1, expectation(size, CM)), domain=Domain(SIZES, classes - k))


def lost_max() -> Fact:
    """min(k, L - k) labels leave the set, as many enter."""
    goal = lost_max_goal()
    few, many = _by_share(best + chosen, 1, k), _by_share(2 - best - chosen, -1, classes - k)
    halves = []
    for fact, sizes, sign in ((few, k, 1), (many, classes - k, -1)):
        where = Domain(SIZES, classes - k, sign * (classes - 2 * k))
        smaller = least(combine(sizes, "<=", classes - sizes, (1, condition(where, 1))))
        halves.append(combine(goal.left, "<=", goal.right, (1, fact), (-2 * CM.mean(distance), smaller)))
    return parts(halves[0], halves[1], classes - 2 * k, goal.domain)


CO = Law("C", (truth, chosen, cut, share),
         Domain({**SIZES, truth: UNIT, chosen: BIT, cut: UNIT, share: UNIT}, *K_LABELS),
         meaning=((cut, OF_X), (share, f"E({chosen} | X)")))


def optimal_goal() -> Goal:
    """L E[chosen p*] <= L E[max(p* - cut, 0) + k cut/L], for every set of k labels and every cut."""
    right = classes * CO.mean(TOP_K_MASS.at(probability=truth, cut=cut, k=k, classes=classes, c=1))
    return Goal(classes * CO.mean(chosen * truth), "<=", right, Domain(SIZES), (CO,),
                "the probability that Y is in the set")


def optimal() -> Fact:
    """A label of the set counts at most the cut and what it is above the cut."""
    goal = optimal_goal()
    each = inequality(chosen * (truth - cut), "<=", Max(truth - cut, 0), Domain({truth: UNIT, chosen: BIT, cut: UNIT}))
    apart = combine(chosen * truth, "<=", Max(truth - cut, 0) + chosen * cut, (1, each), domain=CO.domain)
    members = conditional_mean(CO, chosen, share, cut)
    size = combine(classes * share * cut, "<=", k * cut, (cut, _holds(CO, K_LABELS[1])))
    return combine(goal.left, "<=", goal.right, (classes, expectation(apart, CO)), (classes, members),
                   (1, expectation(size, CO)), domain=goal.domain)


middle, half, slack = variable("middle", UNIT), variable("half", UNIT), variable("slack", Interval.open(0, 1))
APART = (2 * best - 1) * (truth - middle) - half
CLOSE = (half - slack + teacher - truth, half - slack - teacher + truth)
CG = Law("C", (truth, teacher, best, chosen, cut, balance, middle, half),
         Domain({**SETS, middle: UNIT, half: UNIT, slack: Interval.open(0, 1)}, TOP, *EQUALLY_MANY, APART, *CLOSE),
         meaning=(*MEANING, (middle, OF_X)))


def gap_goal() -> Goal:
    """L E[(best - chosen) p*] == 0, where every mistake is below half the gap by at least the slack."""
    return Goal(classes * CG.mean(LOST), "==", 0, Domain({classes: NATURAL, slack: Interval.open(0, 1)}), (CG,),
                "the true mass of the best k labels less that of the teacher's")


def _same_size(weight: Expr, sign: int) -> tuple[Fact, Fact]:
    """sign E[weight (best - chosen)] <= 0 as two facts, for a weight that depends on X."""
    side = -sign * balance
    none = combine(sign * weight * balance, "<=", 0, (weight, _holds(CG, side)))
    return conditional_mean(CG, best - chosen, balance, weight), expectation(none, CG)


def _sign() -> Fact:
    """best - chosen == (best - chosen)^2 (2 best - 1), at the four pairs of bits."""
    swap = best - chosen
    right = swap**2 * (2 * best - 1)
    at: dict[int, Fact] = {}
    for b in (0, 1):
        left, value = swap.subs(best, b), right.subs(best, b)
        cases = {c: definition(left.subs(chosen, c), Domain({})) for c in (0, 1)}
        at[b] = exhaust(left, "==", value, chosen, cases, Domain({chosen: BIT}))
    return exhaust(swap, "==", right, best, at, Domain({best: BIT, chosen: BIT}))


def _teacher_keeps() -> Fact:
    """slack E(best - chosen)^2 <= 0: where the sets differ, the teacher's own order is broken by at least the slack."""
    swap = best - chosen
    separated = combine(slack, "<=", (2 * best - 1) * (teacher - middle), (1, _holds(CG, APART)),
                        (best, _holds(CG, CLOSE[0])), (1 - best, _holds(CG, CLOSE[1])), domain=CG.domain)
    order = inequality(swap * (teacher - cut), "<=", 0, Domain({chosen: BIT, best: BIT, teacher: UNIT, cut: UNIT}, TOP))
    each = combine(slack * swap**2, "<=", swap * (cut - middle), (swap**2, separated), (middle - teacher, _sign()),
                   (1, order), domain=CG.domain)
    (first, low), (second, high) = _same_size(cut, 1), _same_size(middle, -1)
    return combine(slack * CG.mean(swap**2), "<=", 0, (1, expectation(each, CG)), (1, first), (1, low), (-1, second),
                   (1, high))


def gap() -> Fact:
    """The teacher, too, separates the best labels from the others, so its own top k is the same set."""
    goal, swap = gap_goal(), best - chosen
    bits = {best: BIT, chosen: BIT, truth: UNIT}
    counted = combine(LOST, "<=", swap**2, (1, inequality(LOST, "<=", swap**2, Domain(bits))), domain=CG.domain)
    above = combine(goal.left, "<=", 0, (classes, expectation(counted, CG)), (classes / slack, _teacher_keeps()),
                    domain=goal.domain)
    wide = inequality(0, "<=", half, Domain({half: UNIT}))
    ordered = combine(swap * middle, "<=", LOST, (swap**2, _holds(CG, APART)), (swap**2, wide),
                      (middle - truth, _sign()))
    middle_of, none = _same_size(middle, -1)
    below = combine(0, "<=", goal.left, (classes, expectation(ordered, CG)), (-classes, middle_of), (classes, none),
                    domain=goal.domain)
    return mirror(antisymmetric(below, above))
