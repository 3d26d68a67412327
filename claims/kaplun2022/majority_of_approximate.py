"""The excess risk of a majority of k independent eps-samplers is at most 1/sqrt(e k) + 2 eps.

Theorem. Let Y be 0 or 1 and k odd. The teacher's label at x is 1 with probability q(x), at total variation
distance d(x) = |q(x) - eta(x)| from the law of Y given x, and eps = E d. The majority of k independent
teachers has

    P(majority != Y) - L* = E[g 1{majority != f*}] <= 1/sqrt(e k) + 2 eps.               (1)

Hypotheses: two classes; k odd; the k teachers are independent given X and have the same law.
Does not say that voting removes the bias: 2 eps stays, however large k is.
Tight: eta = 1 and q just below 1/2, with k so large that the majority is almost surely wrong.
Proof: proofs_notes/kaplun2022/majority_of_approximate.md
"""

from fractions import Fraction

from hypothesis import strategies as st

from simulate import Binary, strategies, votes
from theory import majority
from verify import Claim


def sample(task, teacher, k, rng, size, independent=True):
    """`size` i.i.d. values of g(X) 1{majority != f*(X)}; not `independent`, all k repeat one draw."""
    return votes.majority_excess(task, k if independent else 1, rng, size, teacher=teacher)


def bound(task, teacher, k, c=1, eps_factor=2):
    """(1), right-hand side."""
    eps = sum(p * abs(q - eta) for p, q, eta in zip(task.mass, teacher, task.eta, strict=True))
    return majority.MAJORITY_OF_APPROXIMATE(k=k, eps=eps, c=c, eps_factor=eps_factor)


def exact(task, teacher, k, independent=True):
    """(1), left-hand side: at each point the tail of the number of teachers that say the Bayes label."""
    votes_cast = k if independent else 1
    return sum(
        p * abs(2 * eta - 1) * majority.vote_tail(q if eta >= Fraction(1, 2) else 1 - q, votes_cast)
        for p, q, eta in zip(task.mass, teacher, task.eta, strict=True)
    )


def reads(task, teacher, k):
    """Margins, and how likely a teacher is to say the likelier label."""
    agree = [q if eta >= Fraction(1, 2) else 1 - q for q, eta in zip(teacher, task.eta, strict=True)]
    return {"r": Fraction(k - 1, 2), "X": (task.mass, {"agree": agree, "g": task.margin()})}


CLAIM = Claim(
    title="The excess risk of a majority of k independent eps-samplers is at most 1/sqrt(e k) + 2 eps",
    source="Kaplun et al. 2022",
    fidelity="reconstructed",
    given=strategies.merged(
        strategies.binary_with_teacher(), st.fixed_dictionaries({"k": strategies.odd(101)})
    ),
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"eps_factor": 1}, {"eps_factor": 1.75}, {"independent": False}],
    tight_at={"task": Binary((1,), (1,)), "teacher": (Fraction(23, 50),), "k": 1001},
    proof=majority.MAJORITY_OF_APPROXIMATE_PROOF.read_by(reads),
)
