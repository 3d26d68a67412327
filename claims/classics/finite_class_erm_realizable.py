"""ERM over a finite class that contains the truth errs at rate ln(|H|/delta)/m.

Theorem (Shalev-Shwartz & Ben-David 2014, Corollary 2.3). Let some hypothesis of a finite class H have risk 0 and
the student minimise the empirical risk over H on m independent labelled points. Then for 0 < delta < 1

    P(L(student) > ln(|H|/delta) / m) <= delta.                                          (1)

Hypotheses: min_H L = 0; H fixed before the points are drawn. Any rule may break ties.
Does not say: anything at this rate once min_H L > 0.
Tight: nearly, two hypotheses, the wrong one first: ln(1/delta)/ln(2/delta) of the radius as m grows.
Proof: proofs_notes/classics/finite_class_erm_realizable.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import strategies, students, tallies
from simulate.tasks import Binary
from theory.concentration import REALIZABLE_PROOF, REALIZABLE_RADIUS
from verify import Claim

CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 100, 1000))


def realized(instance, truth):
    """The instance with the labels of one of its own hypotheses."""
    chosen = instance["hypotheses"][truth % len(instance["hypotheses"])]
    return {**instance, "task": Binary(instance["task"].mass, chosen)}


def one_mistake(risk, m, delta):
    """Two hypotheses; the first is wrong at one point, of mass `risk`, and survives until that point is seen."""
    return {"task": Binary((risk, 1 - risk), (1, 1)), "hypotheses": ((0, 1), (1, 1)), "m": m, "delta": delta}


GENERAL = strategies.merged(
    strategies.binary_with_class(),
    st.fixed_dictionaries({"m": st.integers(1, 60), "delta": st.sampled_from(CONFIDENCE)}))
GIVEN = st.one_of(
    st.builds(realized, GENERAL, st.integers(0, 7)),
    st.builds(one_mistake, strategies.fractions01(200), st.integers(1, 60), st.sampled_from(CONFIDENCE)),
    GENERAL,
)


def assume(task, hypotheses):
    """Some hypothesis has risk 0."""
    return min(task.risk(h) for h in hypotheses) == 0


def sample(task, hypotheses, m, delta, rng, size, c=1):
    """`size` i.i.d. indicators of a student whose risk exceeds the radius."""
    least = float(min(task.risk(h) for h in hypotheses))
    risks = least + tallies.student_excess(task, hypotheses, task.eta, m, rng, size)
    return np.asarray(risks > float(radius(hypotheses, m, delta, c)))


def exact(task, hypotheses, m, delta, c=1):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    law = students.erm_law(task, hypotheses, task.eta, m)
    if law is None:
        return None
    limit = radius(hypotheses, m, delta, c)
    return sum((p for p, h in zip(law, hypotheses, strict=True) if float(task.risk(h)) > limit), Fraction(0))


def radius(hypotheses, m, delta, c):
    """The risk in (1); irrational for delta < 1, so no rational risk ties with it."""
    return float(REALIZABLE_RADIUS(hypotheses=len(hypotheses), delta=delta, m=m, c=c))


def bound(delta):
    """(1), right-hand side."""
    return delta


def reads(task, hypotheses, m):
    """The law of the student's risk, and the least risk in the class."""
    return {"hypotheses": len(hypotheses), "least_risk": min(task.risk(h) for h in hypotheses),
            "S": students.risk_law(task, hypotheses, task.eta, m)}


CLAIM = Claim(
    title="ERM over a finite class that contains the truth has risk above ln(|H|/delta)/m with probability "
          "at most delta",
    source="Shalev-Shwartz & Ben-David 2014, Corollary 2.3",
    fidelity="secondary",
    given=GIVEN, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(4, 5)}, {"c": Fraction(1, 2)}, {"assume": None}],
    tight_at=one_mistake(Fraction(1, 8), 50, Fraction(1, 1000)),
    proof=REALIZABLE_PROOF.read_by(reads),
)
