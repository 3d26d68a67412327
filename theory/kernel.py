"""The rules of logic and of linear expectations: half of the trusted core, next to `facts.py`.

Every rule checks its side conditions and raises `Rejected` where one fails or can't be decided. `identities.py` has
the rules for equalities, `rules.py` those of probability, with their references.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from sympy import Basic, Interval, Range, Symbol, oo

from theory import certify
from theory.certify import Outcome
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Indicator, Law, Mean, Premise, Rejected, Step, bound_in, conclude, normal, rely, same


def require(rule: str, answer: certify.Answer, what: str) -> str:
    """How an answer was found, if it certifies; Rejected otherwise."""
    if answer.outcome is Outcome.CERTIFIED:
        rely(answer.trusts)
        return answer.method
    if answer.outcome is Outcome.REFUTED:
        at = ", ".join(f"{symbol} = {value}" for symbol, value in (answer.witness or {}).items())
        raise Rejected(rule, f"{what} is false at {at or 'every point'}. {answer.reason}".rstrip())
    raise Rejected(rule, f"{what} is undecided: {answer.reason}")


def must_be_defined(rule: str, expression: Any, domain: Domain, laws: Iterable[Law] = ()) -> None:
    """Reject unless the expression is finite on the domain, and continuous but for indicators.

    What a mean averages is checked by `means_must_exist`; the mean of one variable of `laws` lies in its range.
    """
    known: dict[str, Any] = {law.name: law.domain.ranges for law in laws}
    stand_ins: dict[Basic, Symbol] = {}
    ranges = dict(domain.ranges)
    prefix = "part"
    while any(symbol.name.startswith(prefix) for symbol in ranges):
        prefix += "_"
    for index, part in enumerate(sorted(_bare(expression), key=str)):
        low = 0 if part.is_nonnegative else -oo
        where = Interval(0, 1) if isinstance(part, Indicator) else Interval(low, oo, left_open=bool(part.is_positive))
        if isinstance(part, Mean) and isinstance(inside := known.get(part.law, {}).get(part.args[0]), Interval):
            where = inside
        stand_ins[part] = variable(f"{prefix}{index}", where)
        ranges[stand_ins[part]] = where
        if isinstance(part, Indicator):
            must_be_defined(rule, part.args[0], domain)
    plain = expression.xreplace(stand_ins)
    require(rule, certify.defined(plain, Domain(ranges, *domain.conditions)), f"that {expression} is defined")


def _bare(expression: Any) -> set[Basic]:
    """Means and indicators that stand outside of every mean."""
    if isinstance(expression, Mean):
        return {expression}
    inner = set().union(*(_bare(part) for part in expression.args)) if expression.args else set()
    return inner | ({expression} if isinstance(expression, Indicator) else set())


def means_must_exist(rule: str, expression: Any, domain: Domain, laws: Iterable[Law],
                     facts: Iterable[Fact] = ()) -> None:
    """Reject unless what each mean averages is defined on its law's domain, but for means that the facts have."""
    known = {law.name: law for law in laws}
    seen = {mean for fact in facts for side in (fact.left, fact.right) for mean in side.atoms(Mean)}
    for mean in expression.atoms(Mean) - seen:
        if mean.law not in known:
            raise Rejected(rule, f"the law {mean.law} of {mean} is unknown.")
        law = known[mean.law]
        must_be_defined(rule, mean.args[0], law.domain.meet(domain.without(law.variables)))


def meet(facts: Iterable[Fact]) -> Domain:
    """Where all of these facts hold."""
    domain = Domain({})
    for fact in facts:
        domain = domain.meet(fact.domain)
    return domain


def inequality(left: Any, relation: str, right: Any, domain: Domain, *, by: str | None = None,
               touching: dict[Symbol, Any] | None = None, note: str = "") -> Fact:
    """`left <= right` or `left < right` at every point of the domain, by the decision procedures of `certify`."""
    if relation not in ("<=", "<"):
        raise Rejected("inequality", f"the relation {relation!r} is none; write <= or <.")
    what = f"{left} {relation} {right}"
    for side in (left, right):
        must_be_defined("inequality", expr(side), domain)
    answer = certify.at_most(left, right, domain, strict=relation == "<", by=by, touching=touching)
    method = require("inequality", answer, what)
    return conclude(Step("inequality", method, note=note), left, relation, right, domain)


def condition(domain: Domain, index: int = 0) -> Fact:
    """The domain's condition number `index`: 0 <= condition."""
    return conclude(Step("hypothesis", "a condition of the domain"), 0, "<=", domain.conditions[index], domain)


def chain(*facts: Fact, note: str = "") -> Fact:
    """From a <= b, b <= c, ... the outer two; == and < may take part."""
    if not facts:
        raise Rejected("chain", "there are no links.")
    for first, second in pairwise(facts):
        if not same(first.right, second.left):
            raise Rejected("chain", f"{first.right} is not {second.left}; the links don't meet.")
    relations = {fact.relation for fact in facts}
    relation = "<" if "<" in relations else "<=" if "<=" in relations else "=="
    return conclude(Step("chain", "links compared after expansion", facts, note=note),
                    facts[0].left, relation, facts[-1].right, meet(facts))


def mirror(fact: Fact) -> Fact:
    """b == a from a == b."""
    if fact.relation != "==":
        raise Rejected("mirror", f"{fact} is no equality.")
    return conclude(Step("mirror", "symmetry of equality", (fact,)), fact.right, "==", fact.left, fact.domain)


def combine(left: Any, relation: str, right: Any, *weighted: tuple[Any, Fact], domain: Domain | None = None,
            signs: tuple[Fact, ...] = (), note: str = "") -> Fact:
    """right - left is a sum of weight * (right - left) over facts; weights of inequalities are not negative.

    `signs` are facts 0 <= weight for weights whose sign is a matter of proof.
    """
    facts = tuple(fact for _, fact in weighted)
    everywhere = meet((*facts, *signs)).meet(domain or Domain({}))
    slack = sum((expr(weight) * (fact.right - fact.left) for weight, fact in weighted), expr(0))
    laws = {law.name: law for fact in (*facts, *signs) for law in fact.laws}.values()
    for weight, fact in weighted:
        if any(sign.left == 0 and same(sign.right, weight) for sign in signs):
            continue
        if fact.relation == "==":
            must_be_defined("combine", expr(weight), everywhere, laws)
            means_must_exist("combine", expr(weight), everywhere, laws, facts)
        else:
            require("combine", certify.nonnegative(expr(weight), everywhere), f"the weight {weight} >= 0")
    for side in (expr(left), expr(right)):
        must_be_defined("combine", side, everywhere, laws)
        means_must_exist("combine", side, everywhere, laws, facts)
    if relation not in (("<=", "==") if all(fact.relation == "==" for fact in facts) else ("<=",)):
        raise Rejected("combine", f"these facts give no {relation!r}.")
    if not same(expr(right) - expr(left), slack):
        raise Rejected("combine", f"{right} - ({left}) is not the weighted sum of the facts' slacks; they differ by "
                                  f"{normal(expr(right) - expr(left) - slack)}.")
    return conclude(Step("combine", "slacks compared after expansion", (*facts, *signs), note=note),
                    left, relation, right, everywhere)


def rewrite(fact: Fact, *equalities: Fact, note: str = "") -> Fact:
    """The fact with the left-hand sides of equalities replaced by their right-hand sides, wherever they stand."""
    left, right = fact.left, fact.right
    averaged = {symbol for each in (fact, *equalities) for law in each.laws for symbol in law.variables}
    for equality in equalities:
        # An equality may bring in sums of its own.
        bound = averaged.union(*(bound_in(side) for side in (left, right, equality.left, equality.right)))
        if equality.relation != "==":
            raise Rejected("rewrite", f"{equality} is no equality.")
        if (equality.left.free_symbols | equality.right.free_symbols) & bound:
            raise Rejected("rewrite", f"{equality} speaks of variables that a mean binds; take its expectation first.")
        if not (left.has(equality.left) or right.has(equality.left)):
            raise Rejected("rewrite", f"{equality.left} does not occur in {fact}.")
        left, right = (side.xreplace({equality.left: equality.right}) for side in (left, right))
    return conclude(Step("rewrite", "equals put for equals", (fact, *equalities), note=note),
                    left, fact.relation, right, meet((fact, *equalities)))


def covers(large: Domain, small: Domain, rule: str) -> None:
    """Reject unless every point of `small` lies in `large` (whose further variables are free)."""
    for symbol, where in large.ranges.items():
        if symbol not in small.ranges or not small.ranges[symbol].is_subset(where):
            raise Rejected(rule, f"{symbol} is only known in {where}; it ranges over "
                                 f"{small.ranges.get(symbol, 'an unknown set')}.")
    for each in large.conditions:
        if each not in small.conditions:
            require(rule, certify.nonnegative(each, small), f"the condition {each} >= 0")


def instantiate(fact: Fact, values: dict[Symbol, Any], domain: Domain, *, laws: Iterable[Law] = (),
                note: str = "") -> Fact:
    """The fact at other expressions, which lie in the variables' ranges wherever the new domain is."""
    replaced: Any = {symbol: expr(value) for symbol, value in values.items()}
    known = {law.name: law for law in (*laws, *fact.laws)}
    bound = {symbol for law in fact.laws for symbol in law.variables} | bound_in(fact.left) | bound_in(fact.right)
    bound |= set().union(*(bound_in(each) for each in fact.domain.conditions))
    tied = {symbol for law in fact.laws for symbol in law.tied}
    for symbol, value in replaced.items():
        if symbol not in fact.domain.ranges or symbol in bound:
            raise Rejected("instantiate", f"{symbol} is no free variable of {fact}.")
        if value.free_symbols & bound:
            raise Rejected("instantiate", f"{value} has variables that {fact} binds.")
        if symbol in tied:
            raise Rejected("instantiate", f"a law of {fact} depends on {symbol} through its conditions.")
        within(value, fact.domain.ranges[symbol], domain, known)
        means_must_exist("instantiate", value, domain, known.values())
    kept = {symbol: where for symbol, where in fact.domain.ranges.items() if symbol not in replaced}
    covers(Domain(kept), domain, "instantiate")
    for each in fact.domain.conditions:
        put = each.subs(replaced, simultaneous=True)
        if put not in domain.conditions:
            require("instantiate", certify.nonnegative(put, domain), f"the condition {put} >= 0")
    text = ", ".join(f"{symbol} = {value}" for symbol, value in replaced.items())
    # What is defined on the old domain is defined at values that lie in it.
    left, right = (side.subs(replaced, simultaneous=True) for side in (fact.left, fact.right))
    return conclude(Step("instantiate", f"ranges certified at {text}", (fact,), note=note),
                    left, fact.relation, right, domain, laws, replaced=replaced)


def within(value: Any, where: Any, domain: Domain, laws: dict[str, Law]) -> None:
    """Reject unless `value` lies in `where` throughout the domain; a `Mean` lies where what it averages does."""
    rule = "instantiate"
    if isinstance(value, Mean):
        law = laws.get(value.law)
        if law is None:
            raise Rejected(rule, f"the law {value.law} of {value} is unknown; pass it in laws.")
        if isinstance(where, Range):
            raise Rejected(rule, f"{value} need not be an integer, although what it averages is one.")
        inner = law.domain.meet(domain.without(law.variables))
        return within(value.args[0], where, inner, laws)
    must_be_defined(rule, value, domain)
    if isinstance(where, Range) and not value.is_integer:
        raise Rejected(rule, f"{value} need not be an integer.")
    strict_low, strict_high = (bool(getattr(where, side, False)) for side in ("left_open", "right_open"))
    if where.inf != -oo:
        answer = certify.nonnegative(value - where.inf, domain, strict=strict_low)
        require(rule, answer, f"{value} {'>' if strict_low else '>='} {where.inf}")
    if where.sup != oo:
        answer = certify.nonnegative(where.sup - value, domain, strict=strict_high)
        require(rule, answer, f"{value} {'<' if strict_high else '<='} {where.sup}")
    return None


def expectation(fact: Fact, law: Law, note: str = "") -> Fact:
    """Means of both sides over the law: E left <= E right (monotonicity), or equal."""
    law.must_have_means("expectation")
    inside = law.domain.meet(fact.domain.without(law.variables))
    covers(fact.domain, inside, "expectation")
    for side in (fact.left, fact.right):
        must_be_defined("expectation", side, inside)
    relation = "==" if fact.relation == "==" else "<="
    return conclude(Step("expectation", "pointwise, for every law on the range", (fact,),
                         ("expectations are monotone and linear",), note),
                    law.mean(fact.left), relation, law.mean(fact.right), inside.without(law.variables), (law,))


def definition(expression: Any, domain: Domain, *premises: Premise, note: str = "") -> Fact:
    """expression == expression: where a derivation starts; the premises say why this is what the theorem speaks of."""
    must_be_defined("definition", expr(expression), domain)
    if expr(expression).has(Mean):
        raise Rejected("definition", f"{expression} has means; define what they average, and take its expectation.")
    step = Step("definition", "written out", note=note)
    return conclude(step, expression, "==", expression, domain, premises=premises)


def extend(fact: Fact, domain: Domain) -> Fact:
    """An inequality, not strict, at the ends of open ranges: both sides are continuous there."""
    if fact.domain.conditions or domain.conditions:
        raise Rejected("extend", "a domain with conditions has other limits than the ends of its ranges.")
    stands_for = {}
    for symbol, where in fact.domain.ranges.items():
        (wider,) = [s for s in domain.symbols if s.name == symbol.name] or [symbol]
        if wider not in domain.ranges or not domain.ranges[wider].is_subset(where.closure):
            raise Rejected("extend", f"{symbol} ranges over {where}, whose limits don't fill "
                                     f"{domain.ranges.get(wider, 'an unknown set')}.")
        stands_for[symbol] = wider
    left, right = (side.subs(stands_for, simultaneous=True) for side in (fact.left, fact.right))
    for side in (left, right):
        if side.has(Indicator):
            raise Rejected("extend", f"{side} has indicators, which are not continuous.")
        must_be_defined("extend", side, domain)
        for mean in side.atoms(Mean):
            _continuous_mean(mean, domain, {law.name: law for law in fact.laws}[mean.law])
    relation = "==" if fact.relation == "==" else "<="
    step = Step("extend", "by continuity", (fact,))
    return conclude(step, left, relation, right, domain, replaced=stands_for)


def _continuous_mean(mean: Mean, domain: Domain, law: Law) -> None:
    """What a mean averages is continuous in the parameters and the variables of a compact law, or has no parameters."""
    if not mean.free_symbols & set(domain.ranges):
        return
    if law.integrable is not None:
        raise Rejected("extend", f"{mean} need not be continuous: {law.name} is not on a bounded, closed range.")
    must_be_defined("extend", mean.args[0], law.domain.meet(domain.without(law.variables)))


def parts(first: Fact, second: Fact, boundary: Any, domain: Domain) -> Fact:
    """A statement on a domain from the same statement where boundary >= 0 and where boundary <= 0."""
    boundary = expr(boundary)
    must_be_defined("parts", boundary, domain)
    if first.relation != second.relation or not (same(first.left, second.left) and same(first.right, second.right)):
        raise Rejected("parts", f"{first} and {second} are different statements.")
    covers(first.domain, Domain(domain.ranges, *domain.conditions, boundary), "parts")
    covers(second.domain, Domain(domain.ranges, *domain.conditions, -boundary), "parts")
    return conclude(Step("parts", f"{boundary} >= 0, and <= 0", (first, second)), first.left, first.relation,
                    first.right, domain)
