"""Each round of self-distilled ridge regression favours the direction of larger eigenvalue more.

Theorem (Mobahi, Farajtabar & Bartlett 2020, pair by pair). Let d_1 >= d_2 > 0 be eigenvalues of a kernel
matrix, and let kernel ridge regression be fitted to its own predictions t times, with penalties c_1, ..., c_t > 0. Let
r_t be the share of the labels that survives in the direction of d_1, over that in the direction of d_2. Then

    r_t >= r_(t-1),   t >= 1,   with r_t / r_(t-1) = d_1 (c_t + d_2) / (d_2 (c_t + d_1)).     (1)

Hypotheses: d_1 >= d_2; the penalties are positive and may change from round to round.
Does not say: that a sparser student generalises better: after many rounds all of its shares vanish.
Tight: d_1 = d_2, and as c_t falls to 0.   Proof: proofs_notes/classics/self_distillation_sparsifies.md
"""
from fractions import Fraction
from math import prod

from hypothesis import strategies as st

from simulate import distilled_ridge, strategies
from theory.ridge import KEPT, SPARSIFIES_PROOF
from verify import Claim

GIVEN = strategies.merged(distilled_ridge.kernels(), st.fixed_dictionaries({
    "penalties": st.lists(distilled_ridge.rationals(), min_size=1, max_size=6).map(tuple),
    "first": st.integers(0, 3), "second": st.integers(0, 3)}))


def pair(spectrum, first, second):
    """The two directions of the theorem, by index."""
    return first % len(spectrum), second % len(spectrum)


def assume(spectrum, first, second):
    """d_1 >= d_2."""
    one, other = pair(spectrum, first, second)
    return spectrum[one] >= spectrum[other]


def exact(spectrum, vector, penalties, first, second):
    """(1), left-hand side: all rounds by linear systems with the whole matrix, from labels that lie evenly in both."""
    units = [distilled_ridge.directions(vector)[i] for i in pair(spectrum, first, second)]
    kernel = distilled_ridge.gram(spectrum, vector)
    kept = []
    for unit in units:
        last = distilled_ridge.rounds_of_ridge(kernel, unit, penalties)
        kept.append(sum(a * b for a, b in zip(unit, last, strict=True)))
    return kept[0] / kept[1]


def shares(spectrum, penalties, first, second):
    """The shares that survive all rounds but the last, in closed form."""
    return [prod((KEPT(spectrum=spectrum[i], penalty=c) for c in penalties[:-1]), start=Fraction(1))
            for i in pair(spectrum, first, second)]


def bound(spectrum, penalties, first, second, c=1):
    """(1), right-hand side."""
    one, other = shares(spectrum, penalties, first, second)
    return c * one / other


def reads(spectrum, penalties, first, second):
    """The pair of eigenvalues, the last penalty, and the shares before its round."""
    one, other = pair(spectrum, first, second)
    kept = shares(spectrum, penalties, first, second)
    return {"larger": spectrum[one], "smaller": spectrum[other], "penalty": penalties[-1],
            "kept_larger": kept[0], "kept_smaller": kept[1]}


CLAIM = Claim(
    title="Rounds of self-distilled ridge regression raise the share of a direction over that of any with a smaller "
          "eigenvalue",
    source="Mobahi et al. 2020",
    fidelity="reconstructed",
    given=GIVEN, assume=assume, exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(101, 100)}, {"assume": None}],
    tight_at={"spectrum": (Fraction(1),), "vector": (0,), "labels": (Fraction(1),), "penalties": (Fraction(1),),
              "first": 0, "second": 0},
    proof=SPARSIFIES_PROOF.read_by(reads),
)
