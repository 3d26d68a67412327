"""Readings for proofs about linear teachers and students: the quantities that their risks are made of, at their means.

A risk given the designs is linear in these quantities, or a product of independent ones, so a table with one row, the
exact means by the sequential routes of `linear_moments`, gives the mean risk. Nothing here knows the closed forms.
"""
from typing import Any

from simulate.linear import Linear
from simulate.linear_moments import inverse_trace, projected_signal, projection_moments
from simulate.tasks import Number


def _row(**means: Number | int) -> tuple[list[int], dict[str, list[Number | int]]]:
    return [1], {name: [value] for name, value in means.items()}


def _share(total: Number, features: int, of: int) -> Number:
    """What so many of exchangeable features have of a total."""
    return total * features / of if of else total


def least_squares(task: Linear, n: int, p: int) -> dict[str, Any]:
    """omega, and U: the trace of the inverse Gram matrix."""
    return {"omega": task.noise(p), "U": _row(trace=inverse_trace(p, n))}


def ridgeless(task: Linear, n: int, p: int) -> dict[str, Any]:
    """omega, the signal of the teacher's features, and OV: what is missed of it, and the trace."""
    missed = projected_signal(task, p - n, p, range(p))
    return {"omega": task.noise(p), "beta_teacher": task.signal(p),
            "OV": _row(missed=missed, trace=inverse_trace(n, p))}


def all_features(task: Linear, n: int) -> dict[str, Any]:
    """The same with all features, for the gain of the second descent."""
    found = ridgeless(task, n, task.dim)
    return {"dim": task.dim, "beta_all": task.signal(), "OV": found["OV"]}


def random_features(task: Linear, n: int, p: int) -> dict[str, Any]:
    """dim, the whole signal, and RU or RO: the chosen signal, the share of a vector that is missed, and the trace."""
    return {"dim": task.dim, "beta_all": task.signal(), **_random(task, n, p)}


def one_more_feature(task: Linear, n: int, p: int) -> dict[str, Any]:
    """The same with p + 1 features."""
    return {"dim": task.dim, "beta_all": task.signal(), **_random(task, n, p + 1)}


def _random(task: Linear, n: int, p: int) -> dict[str, Any]:
    length = task.signal() * p / task.dim
    if p < n:
        return {"RU": _row(length=length, trace=inverse_trace(p, n))}
    same, crossed = projection_moments(p - n, p)
    return {"RO": _row(length=length, share=same + (p - 1) * crossed, trace=inverse_trace(n, p))}


def _teacher(task: Linear, n: int, p: int, s: int) -> tuple[dict[str, Any], dict[str, Number]]:
    """Parameters of a ridgeless teacher and its student, and the means of the teacher's quantities."""
    trace, rest = inverse_trace(n, p), range(s, p)
    parameters = {"omega": task.noise(p), "beta_student": task.signal(s), "beta_extra": task.signal(p, s)}
    return parameters, {
        "missed": projected_signal(task, p - n, p, range(s)), "trace": _share(trace, s, p),
        "kept": projected_signal(task, n, p, rest), "extra_trace": _share(trace, p - s, p),
        # The mean of a projection is a multiple of the identity, of trace n.
        "product": task.signal(p, s) * n / p}


def teacher_error(task: Linear, n: int, p: int, s: int) -> dict[str, Any]:
    """E: what is missed on the student's features, and their part of the trace."""
    parameters, means = _teacher(task, n, p, s)
    return {**parameters, "E": _row(missed=means["missed"], trace=means["trace"])}


def teacher_extra(task: Linear, n: int, p: int, s: int) -> dict[str, Any]:
    """K: what is kept on the features that the student lacks, and their part of the trace."""
    parameters, means = _teacher(task, n, p, s)
    return {**parameters, "K": _row(kept=means["kept"], extra_trace=means["extra_trace"])}


def student(task: Linear, n: int, p: int, s: int, m: int) -> dict[str, Any]:
    """S, and T: the teacher's quantities, and the trace of the student's inverse Gram matrix."""
    parameters, means = _teacher(task, n, p, s)
    row = _row(**means, student_trace=inverse_trace(s, m))
    return {**parameters, "S": row, "T": row}


def student_under(task: Linear, n: int, p: int, s: int, m: int) -> dict[str, Any]:
    """SU: the same for a least-squares teacher."""
    trace = inverse_trace(p, n)
    row = _row(trace=_share(trace, s, p), extra_trace=_share(trace, p - s, p), student_trace=inverse_trace(s, m))
    return {"omega": task.noise(p), "beta_extra": task.signal(p, s), "SU": row}


def direct(task: Linear, n: int, p: int, s: int, m: int) -> dict[str, Any]:
    """D: those of `student`, and the trace for a student trained directly."""
    parameters, means = _teacher(task, n, p, s)
    return {**parameters, "D": _row(**means, student_trace=inverse_trace(s, m), direct_trace=inverse_trace(s, n))}


def direct_over(task: Linear, n: int, p: int, s: int, m: int) -> dict[str, Any]:
    """DO: the same for a student that interpolates when trained directly, and what it then misses."""
    parameters, means = _teacher(task, n, p, s)
    alone = {"direct_missed": projected_signal(task, s - n, s, range(s)), "direct_trace": inverse_trace(n, s)}
    return {**parameters, "DO": _row(**means, **alone, student_trace=inverse_trace(s, m))}


def direct_under(task: Linear, n: int, p: int, s: int, m: int) -> dict[str, Any]:
    """DU: those of `student_under`, and the trace for a student trained directly."""
    found = student_under(task, n, p, s, m)
    weights, means = found.pop("SU")
    return {**found, "DU": (weights, {**means, "direct_trace": [inverse_trace(s, n)]})}


def direct_limit(task: Linear, n: int, p: int, s: int) -> dict[str, Any]:
    """DL, and DN without a signal: the same with unlimited inputs."""
    parameters, means = _teacher(task, n, p, s)
    row = _row(missed=means["missed"], trace=means["trace"], direct_trace=inverse_trace(s, n))
    return {**parameters, "DL": row, "DN": row}


def irrelevant(task: Linear, n: int, p: int, s: int, m: int) -> dict[str, Any]:
    """ANY: the teacher's squared coefficients beyond the student's features, and the student's trace."""
    if p < n:
        beyond = task.signal(p, s) + task.noise(p) * _share(inverse_trace(p, n), p - s, p)
    else:
        _, means = _teacher(task, n, p, s)
        beyond = means["kept"] + task.noise(p) * means["extra_trace"]
    return {"ANY": _row(beyond=beyond, student_trace=inverse_trace(s, m))}
