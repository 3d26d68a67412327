"""The tests run as the workers of `distillcheck verify` do: garbage is seldom looked for, and BLAS has one thread.

There are as many workers as cores, and looking through millions of objects that stay took an eighth of the time. Runs
are kept in a ledger of the tests' own, not in the user's.
"""

import gc
import os
import signal
import tempfile

import pytest
from threadpoolctl import threadpool_limits

from verify.runner import COLLECT_SELDOM


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(*COLLECT_SELDOM)
    # A shell that starts the tests in the background has them ignore Ctrl-C, and with them what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = tempfile.TemporaryDirectory(prefix="distillcheck-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["DISTILLCHECK_LEDGER"] = os.path.join(folder.name, "ledger.db")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Imported modules and collected tests stay for good; only libraries that are loaded can be limited."""
    gc.freeze()
    session.config.add_cleanup(threadpool_limits(limits=1).restore_original_limits)
