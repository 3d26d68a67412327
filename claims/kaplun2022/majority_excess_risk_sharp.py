"""The excess risk of a majority of k independent samplers is at most 0.16998/sqrt(k), the best constant.

Theorem. Let Y be 0 or 1 and k odd. The classifier that takes the majority of k independent draws from the law
of Y given X has

    P(majority != Y) - L* <= c / sqrt(k),    c = max over u of u Phi(-u) = 0.1699712...    (1)

Hypotheses: two classes; k odd; the k samplers are independent given X.
Does not say: what the excess risk is for a given law, which may be exponentially small in k.
Tight: no constant below 0.16997 serves all k. One point with g = 0.752/sqrt(k) has the ratio 0.996 at k = 101.
Proof: proofs_notes/kaplun2022/majority_excess_risk_sharp.md
"""

from fractions import Fraction

from simulate import Binary, strategies, votes
from theory import majority
from theory.majority_sharp import MAJORITY_EXCESS_SHARP
from verify import Claim


def sample(task, k, rng, size, independent=True):
    """`size` i.i.d. values of g(X) 1{majority != f*(X)}; not `independent`, all k repeat one draw."""
    return votes.majority_excess(task, k if independent else 1, rng, size)


def bound(k, c=1):
    """(1), right-hand side, the constant rounded up at the sixth decimal."""
    return MAJORITY_EXCESS_SHARP(k=k, c=c)


def exact(task, k, independent=True):
    """(1), left-hand side: the binomial tail at each point."""
    votes_cast = k if independent else 1
    return sum(
        p * abs(2 * eta - 1) * majority.vote_tail(max(eta, 1 - eta), votes_cast)
        for p, eta in zip(task.mass, task.eta, strict=True)
    )


CLAIM = Claim(
    title="The excess risk of a majority of k independent samplers is at most 0.16998/sqrt(k)",
    source="Sharper form of majority_excess_risk",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks(), "k": strategies.odd(101)},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": Fraction(99, 100)}, {"c": Fraction(9, 10)}, {"independent": False}],
    tight_at={"task": Binary((1,), (Fraction(1, 2) + Fraction(3727, 100_000),)), "k": 101},
)
