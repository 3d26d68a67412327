"""What a reader gets: one verdict a claim, as text, JSON or a table in a notebook.

A `Verdict` holds plain data only, so it crosses processes and files unchanged. `verify/schema.json` describes
its JSON form.
"""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from verify.terms import Status


@dataclass(frozen=True)
class Evidence:
    """Numbers at one instance: of the worst one found, or of a counterexample.

    `estimate` is the exact left-hand side where `exact` is given (a text, since it may be a fraction), else the
    mean of `draws` draws in `blocks` blocks of the stream `phase`, with an `interval` whose ends are one-sided
    limits at this candidate's share among `candidates`.
    """

    instance: dict[str, Any]
    text: str
    estimate: float
    interval: tuple[float | None, float | None] | None
    bound: float
    label: str
    exact: str | None = None
    bound_exact: str | None = None
    draws: int = 0
    blocks: int = 0
    phase: str | None = None
    candidates: int = 0
    log_e_value: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The numbers as they stand in the JSON of a run."""
        record = asdict(self)
        log_e = record.pop("log_e_value")
        record["e_value"] = None if log_e is None or log_e > 700 else math.exp(log_e)
        return {key: _plain(value) for key, value in record.items()}


@dataclass(frozen=True)
class Control:
    """A wrong twin: its override, what the engine said of it (None: not asked), and the draws that took."""

    override: str
    status: Status | None
    replicates: int


@dataclass(frozen=True)
class Verdict:
    """What the engine concluded about one claim, and on what grounds.

    Fields:
        claim, title: the claim's id and sentence.
        target: how the user named it: its id or path.
        status: see `Status`.
        labels: how the numbers were obtained.
        level: error probability this claim was given, its share of the run's alpha.
        resolution: violations smaller than this may have been cleared; None when everything was exact.
        tightness: largest left-hand side / bound seen (inverted for >=); None for == and for bounds <= 0.
        vacuous: share of the instances where the bound holds for every law on the support.
        witness: an instance where the bound says something.
        instances: distinct instances evaluated.
        searched: parameter -> what was drawn of it.
        replicates: draws used, those of the controls included.
        log_e_value: largest log e-value met at a candidate, less log K; None when nothing was sampled.
        proof: what was made of the claim's proof, see `verify.proofs.Examined`; None where there is none, or it was not
            asked.
        reason: why the status is what it is, in one sentence.
        final: whether nothing but the claim, the settings and the libraries had to do with it; time, memory and
            accidents may have, and then `--resume` judges again.
    """

    claim: str
    title: str
    status: Status
    level: float
    seed: int
    budget: str
    labels: tuple[str, ...] = ()
    resolution: float | None = None
    tightness: float | None = None
    vacuous: float | None = None
    witness: dict[str, Any] | None = None
    instances: int = 0
    searched: dict[str, Any] = field(default_factory=dict)
    replicates: int = 0
    seconds: float = 0.0
    target: str = ""
    worst: Evidence | None = None
    counterexample: Evidence | None = None
    replay: str | None = None
    controls: tuple[Control, ...] = ()
    proof: dict[str, Any] | None = None
    error: str | None = None
    reason: str = ""
    log_e_value: float | None = None
    final: bool = True

    def to_json(self) -> dict[str, Any]:
        """One claim's object in the JSON of `verify` (README, "The JSON of a run")."""
        record = {key: _plain(value) for key, value in vars(self).items()}
        record["status"] = str(self.status)
        record["worst"] = self.worst and self.worst.to_json()
        record["controls"] = [{**vars(c), "status": c.status and str(c.status)} for c in self.controls]
        record["counterexample"] = None
        if self.counterexample:
            record["counterexample"] = {**self.counterexample.to_json(), "seed": self.seed, "replay": self.replay}
        del record["replay"], record["final"]
        return record

    @property
    def figures(self) -> str:
        """The figures shown beside the status, in one line."""
        parts = [f"{self.instances} instances" if self.instances else ""]
        if self.replicates:
            parts.append(f"{compact(self.replicates)} draws")
        if self.tightness is not None:
            parts.append(f"tightness {self.tightness:.3f}")
        if self.resolution is not None:
            parts.append(f"resolution {self.resolution:.2g}")
        if self.vacuous:
            parts.append(f"vacuous {self.vacuous:.0%}")
        return ", ".join(part for part in (*parts, self._controls_refuted) if part)

    @property
    def proof_steps(self) -> str:
        """`proof of 7 steps` where the claim is PROVED, else empty."""
        count = len(self.proof["steps"]) if self.proof and self.status is Status.PROVED else 0
        return f"proof of {count} step{'s' if count > 1 else ''}" if count else ""

    @property
    def proof_line(self) -> str:
        """What a reader is told of the claim's proof; empty where it was not asked, or the reason tells it."""
        if self.proof is None or (self.proof["reason"] and self.proof["reason"] in self.reason):
            return ""
        if self.proof["reason"]:
            return f"{self.proof['name']} does not count: {self.proof['reason']}"
        steps, at = len(self.proof["steps"]), self.proof["instances"]
        trusted = ", ".join(self.proof["trusted"]) or "no rule or program"
        return (f"{self.proof['name']}, {steps} step{'s' if steps > 1 else ''}, agrees with the claim at {at} "
                f"instance{'s' if at > 1 else ''}; it trusts {trusted}")

    @property
    def brief(self) -> str:
        """The figures that fit beside the status on a terminal."""
        parts = [self.proof_steps, f"tightness {self.tightness:.3f}" if self.tightness is not None else "",
                 self._controls_refuted.removesuffix(" refuted"),
                 f"{compact(self.replicates)} draws" if self.replicates else ""]
        return ", ".join(part for part in parts if part)

    @property
    def _controls_refuted(self) -> str:
        refuted = sum(control.status is Status.REFUTED for control in self.controls)
        asked = any(control.status for control in self.controls)
        return f"{refuted}/{len(self.controls)} controls refuted" if asked else ""

    def __str__(self) -> str:
        lines = [f"{self.status}  {self.claim}: {self.title}", f"  {self.reason or self.status.meaning}"]
        if self.error:
            lines.append(f"  {self.error}")
        if self.counterexample:
            lines += [f"  counterexample: {describe(self.counterexample)}", f"  replay: {self.replay}"]
        elif self.worst and not self.status.passes:
            lines.append(f"  worst: {describe(self.worst)}")
        if self.figures:
            lines.append(f"  {self.figures}")
        if self.proof_line:
            lines.append(f"  proof: {self.proof_line}")
        for control in self.controls:
            if control.status not in (Status.REFUTED, None):
                lines.append(f"  the wrong twin {control.override} was not refuted ({control.status})")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [("status", f"{self.status}: {self.reason or self.status.meaning}"),
                ("evidence", ", ".join(self.labels)), ("figures", self.figures), ("proof", self.proof_line)]
        if self.worst:
            rows.append(("worst", describe(self.worst)))
        if self.counterexample:
            rows.append(("counterexample", describe(self.counterexample)))
        rows += [("control", f"{c.override}: {c.status or 'not asked'}") for c in self.controls]
        if self.error:
            rows.append(("error", self.error))
        cells = "".join(f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>"
                        for name, value in rows if value)
        return f"<table><caption>{html.escape(self.claim)}: {html.escape(self.title)}</caption>{cells}</table>"


def describe(evidence: Evidence) -> str:
    """One line: instance, left-hand side and bound."""
    left = f"{evidence.estimate:.6g}"
    if evidence.exact is not None:
        left = f"exactly {evidence.exact}" if len(evidence.exact) <= 24 else f"{left} ({evidence.label})"
    elif evidence.interval:
        low, high = (math.nan if end is None else end for end in evidence.interval)
        left = f"{left} in [{low:.6g}, {high:.6g}]"
    return f"at {evidence.text}: {left} against a bound of {evidence.bound:.6g}"


def show_override(override: Mapping[str, Any]) -> str:
    """Text of a control: `c = 1.9`, `without assume`."""
    from verify.instance import show

    parts = []
    for name, value in override.items():
        if name == "assume":
            parts.append("another assume" if callable(value) else "without assume")
        elif name == "given":
            parts.append("given " + (", ".join(value) if isinstance(value, Mapping) else "another strategy"))
        else:
            parts.append(f"{name} = {show(value) if not isinstance(value, str) else value}")
    return ", ".join(parts)


def compact(count: int) -> str:
    """A count in at most four characters: 950, 12k, 3.4M."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= size:
            return f"{count / size:.1f}{letter}" if count < 10 * size else f"{count // size}{letter}"
    return str(count)


def _plain(value: Any) -> Any:
    """JSON has no infinities and no NaN: they become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
