"""Random claim files: definitions made of good, odd and hostile pieces, and files with bytes and tokens changed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from random import Random

import msgspec
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from distillcheck.live import Display
from distillcheck.verifying import document
from verify.judging import Event, Settings
from verify.loading import by_path
from verify.memory import share
from verify.terms import Status
from verify.verdict import Verdict
from verify.worker import judge_task

HEAD = '''
import os, sys, warnings
from fractions import Fraction
import flint, numpy as np, sympy
from hypothesis import strategies as st
from simulate import strategies
from verify import Claim

def recurse(n=0):
    return recurse(n + 1)

def throw(error):
    raise error
'''
NUMBERS = ["p", "0.5", "1 / 3", "None", "float('nan')", "float('inf')", "-float('inf')", "10**400", "1e308 * 10",
           "'text'",
           "complex(1, 1)", "Fraction(1, 3)", "np.float32(0.1)", "np.array(0.5)", "np.array([1, 2])", "sympy.sqrt(2)",
           "sympy.oo", "sympy.nan", "sympy.zoo", "sympy.Symbol('x')", "flint.arb('0.3', '1e-20')", "flint.arb('nan')",
           "flint.fmpq(1, 3)", "True", "[]", "{}", "1 / 0", "p.undefined", "undefined", "sys.exit(3)", "recurse()",
           "throw(KeyboardInterrupt())", "throw(MemoryError())", "throw(GeneratorExit())", "throw(StopIteration())",
           "throw(ValueError('\\ud800'))", "throw(BaseException())", "warnings.warn('x') or 0.5", "print('x') or 0.5",
           "p.clear()", "lambda: 1", "-0.0", "5e-324", "2**-2000", "c * p", "p + rng.random()"]
PIECES = {
    "given": ["{'p': st.floats(0.1, 0.9)}", "{'p': st.sampled_from([Fraction(1, 2), Fraction(1, 4)])}",
              "{'p': st.integers(-3, 10**30)}", "{'p': st.nothing()}", "{'p': st.floats()}", "{'p': st.text()}",
              "st.just({'p': 0.5})", "st.just(5)", "{'p': st.lists(st.integers())}", "{'p': st.complex_numbers()}",
              "{'p': st.binary()}", "{'p': st.none()}", "{1: st.integers()}", "{}", "None", "{'p': 3}",
              "{'p': st.integers().filter(lambda x: False)}", "{'p': st.builds(object)}", "{'rng': st.integers()}",
              "{'p': strategies.binary_tasks()}", "{'p': st.dictionaries(st.text(), st.integers())}",
              "{'p': st.just(np.zeros(3))}", "{'p': st.builds(lambda: throw(ValueError()))}",
              "{'p': st.tuples(st.booleans())}"],
    "sample": ["rng.random(size) < 0.5", "rng.random(size)", "rng.random(size) < p", "rng.normal(size=size)",
               "np.zeros(size)", "np.ones(size + 1)", "np.full(size, np.nan)", "None", "'x'", "rng.random((size, 2))",
               "rng.random(size).astype(np.float32)", "rng.integers(0, 2, size)", "rng.random(size).astype(object)",
               "[0] * size", "(x for x in range(size))", "np.full(size, 1e308)", "rng.standard_cauchy(size)",
               "rng.random() * np.ones(size)", "np.random.random(size)", "rng.random(1 << 45)",
               "np.empty((size, 1 << 40))", "np.array(['x'] * size)", "np.zeros(size, 'M8[s]')",
               "rng.random(size) * 1j",
               "np.zeros(0)", "np.ma.masked_all(size)", "size", *NUMBERS[28:40]],
    "support": ["(0, 1)", "(0, 1)", "(0, float('inf'))", "(-float('inf'), float('inf'))", "(1, 0)", "(float('nan'), 1)",
                "None", "(0,)", "'ab'", "lambda p: (0, 1)", "lambda p: 5", "lambda p: (0, p)", "(0, Fraction(1))",
                "(0, 0)", "(0, 10**400)", "lambda: throw(ValueError())", "lambda z: (0, 1)", "[0, 1]"],
    "relation": ["'<='", "'<='", "'>='", "'=='", "'<'", "None", "5"],
    "controls": ["[{'c': 0.5}]", "[{'c': 0.5}]", "[]", "[{'d': 1}]", "None", "[{'relation': '>='}]",
                 "[{'assume': None}]", "[{'given': {'p': st.just(0.5)}}]", "[{}]", "[{'c': 'x'}]",
                 "[{'c': float('nan')}]", "5", "[{'c': 0.5}] * 3", "({'c': 0.5},)", "{'c': 0.5}", "[{'c': None}]"],
    "assume": ["None", "None", "lambda p: True", "lambda p: False", "lambda p: 1 / 0", "lambda p: p", "5",
               "lambda q: True", "lambda p, c=1: c", "lambda *a: True", "lambda **k: True"],
    "tight_at": ["None", "None", "{'p': 0.5}", "{'q': 1}", "5", "{'p': object()}", "{}", "{'p': float('nan')}"],
    "block": ["256", "64", "63", "'x'", "True", "1 << 45", "-1", "100.0"],
    "title": ["'A title'", "''", "None", "5", "'<script>alert(1)</script>'", "'=1+1'", "'\\x00\\x1b[2J'", "'\\ud800'",
              "'[bold]x[/]'", "'x' * 10**5"],
    "source": ["'test'", "None", "'\\udfff'"],
    "proof": ["None", "None", "5", "object()", "sympy"],
    "fidelity": ["'reconstructed'", "'hearsay'", "None"],
}
WHOLE = """
def sample(p, rng, size):
    return {sample}

def exact(p):
    return {exact}

def bound(p, c=1):
    return {bound}

CLAIM = Claim(title={title}, source={source}, fidelity={fidelity}, given={given}, sample={use_sample},
              exact={use_exact}, bound=bound, relation={relation}, support={support}, assume={assume},
              controls={controls}, tight_at={tight_at}, block={block}, proof={proof})
"""
SOUND = {name: choices[0] for name, choices in PIECES.items()} | {
    "exact": "p / 2", "bound": "c * p", "use_sample": "sample", "use_exact": "None", "sample": "rng.random(size) < p"}
TOKENS = ["(", ")", "[", "]", ":", ",", "=", "None", "0", "-1", "1e999", "p", "rng", "size", "lambda: ", "\n", "\t",
          "'",
          "\\", "\x00", "yield", "return", "del p;", "global p;", "é", "await ", "*", "**", "@", "=="]
SETTINGS = Settings(1e-6, 0, "micro")
SCHEMA = json.loads((Path(__file__).parents[2] / "verify" / "schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def definition(draw: Random) -> str:
    """A claim that would be sound, with a few of its pieces replaced."""
    pieces = dict(SOUND)
    for name in draw.sample([*PIECES, "exact", "bound", "use_sample", "use_exact"], draw.choice([0, 1, 1, 2, 2, 3, 5])):
        own = {"use_sample": ["None", "sample", "bound", "print"], "use_exact": ["exact", "exact", "None", "max"]}
        pieces[name] = draw.choice(own.get(name) or PIECES.get(name) or NUMBERS)
    return HEAD + WHOLE.format(**pieces)


def changed(draw: Random) -> bytes:
    """A claim file with bytes, tokens and lines changed; now and then nothing but random bytes."""
    if draw.random() < 0.2:
        return draw.randbytes(draw.randrange(400))
    text = bytearray((HEAD + WHOLE.format(**SOUND)).encode())
    for _ in range(draw.choice([1, 1, 2, 3, 8])):
        at, kind = draw.randrange(len(text)), draw.randrange(4)
        if kind == 0:
            text[at] = draw.randrange(256)
        elif kind == 1:
            text[at:at] = draw.choice(TOKENS).encode()
        elif kind == 2:
            del text[at:at + draw.randrange(1, 40)]
        else:
            other = draw.randrange(len(text))
            text[at:at] = text[other:other + draw.randrange(60)]
    return bytes(text)


def judged(text: bytes, folder: Path) -> str:
    """What the engine makes of a claim file, in a word.

    Raises:
        AssertionError: of something that it must not make.
    """
    path = folder / "fuzzed.py"
    path.write_bytes(text)
    event = judge_task(0, by_path(str(path)), SETTINGS, lambda event: None, memory=share(1))
    verdict = event.verdict
    assert isinstance(verdict, Verdict)
    record = verdict.to_json()
    whole = json.dumps(document([verdict], alpha=0.01, seed=0, budget="quick"), allow_nan=False)
    problem = best_match(VALIDATOR.iter_errors(json.loads(whole)))
    assert problem is None, problem
    kept = msgspec.convert(json.loads(json.dumps(msgspec.to_builtins(verdict))), Verdict)
    assert json.dumps(kept.to_json()) == json.dumps(record)
    assert (verdict.status is Status.ERROR) == (verdict.error is not None), verdict
    assert "distillcheck itself failed" not in (verdict.error or ""), verdict.error
    show(event)
    return str(verdict.status)


def show(event: Event) -> None:
    """As on a terminal that knows no more than UTF-8."""
    assert event.verdict
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    display = Display([event.verdict.claim], stream)
    display.note(event)
    display.summary([event.verdict], 0.01, 1.0)
    event.verdict._repr_html_()
