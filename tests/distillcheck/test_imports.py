"""What a process imports that hands claims to workers, and one that judges a claim of NumPy's."""
import subprocess
import sys

HEAVY = {"numpy", "scipy", "sympy", "numba", "flint", "hypothesis", "matplotlib", "distributed"}


def imported(code: str) -> set[str]:
    """The heavy libraries that a fresh process has after running the code."""
    program = f"import sys\n{code}\nprint(*({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_handing_claims_to_workers_imports_nothing_heavy() -> None:
    assert imported("import distillcheck.cli, distillcheck.verifying, verify.runner, verify.worker") == set()


def test_judging_a_claim_that_draws_with_numpy_alone_needs_no_kernels() -> None:
    code = ("from distillcheck.targets import find_targets\n"
            "from verify.runner import run_many\n"
            "verdict = run_many(find_targets(['classics.markov']), alpha=1e-8, budget='quick').verdicts[0]\n"
            "assert verdict.status == 'PROVED', verdict")
    assert imported(code) == {"numpy", "sympy", "flint", "hypothesis"}


def test_listing_the_catalogue_runs_none_of_it() -> None:
    assert imported("import contextlib, io\nfrom distillcheck.listing import list_command\n"
                    "with contextlib.redirect_stdout(io.StringIO()): list_command()") == set()
