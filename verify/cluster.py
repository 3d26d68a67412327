"""The run on a cluster: claims as tasks of a Dask scheduler, one to a worker, the slowest first.

Claims and blocks are functions of numbers, so it doesn't matter which worker does what, nor how often. A claim whose
worker dies is judged by another; one whose workers died again and again is judged once more when nothing else runs,
so that no claim is blamed for another's doing, and is an ERROR if that ends in the same way.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import re
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from verify.judging import Event, Settings, broken
from verify.loading import Target
from verify.pool import Limits
from verify.remote import CLAIM_KEY, ClusterError, judge_there, pack, unlike
from verify.versions import fingerprint

CONNECT_SECONDS = 10
WORKER_SECONDS = 60
# Deaths of a worker that a task of ours survives on a cluster that we start ourselves.
FORGIVEN = 1
GONE = "the cluster's scheduler is gone, and what it had not answered is lost. Start it and run again."
QUIET = logging.CRITICAL + 1
IGNORE_INTERRUPTS = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


@dataclass(frozen=True)
class Cluster:
    """The workers of a scheduler, all alike."""

    client: Any
    common: dict[str, str]

    def judge(self, targets: Sequence[Target], order: Sequence[int], settings: Settings,
              note: Callable[[Event], None], limits: Limits) -> None:
        """Judge the targets in `order`; `note` is called with all news.

        When the run is to end, what workers do is forgotten; they go on with their claims to the end.

        Raises:
            ClusterError: the scheduler is gone, nobody works there, or not as the others do.
        """
        _Farm(self.client, self.common, targets, settings, note, limits).run(order)


@contextlib.contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """The cluster at an address.

    Raises:
        ClusterError: dask.distributed is missing, the address is wrong, or its workers aren't as we are.
    """
    with connected(address) as client:
        yield Cluster(client, common_fingerprint(client, address))


@contextlib.contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler at the address, which is started if it is local:N.

    Raises:
        ClusterError: dask.distributed is missing, or no scheduler answers.
    """
    import asyncio

    try:
        from dask import config
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ClusterError(f"--cluster needs dask.distributed, which can't be imported ({error}). "
                           "Install it with: pip install \"distillcheck[cluster]\"") from error
    local = re.fullmatch(r"local:([1-9][0-9]{0,3})", address)
    if address.startswith("local:") and not local:
        raise ClusterError(f"--cluster {address}: local: is followed by a number of workers, such as local:4.")
    with contextlib.ExitStack() as stack:
        stack.enter_context(_quiet())
        if local:
            stack.enter_context(config.set({"distributed.scheduler.allowed-failures": FORGIVEN}))
            # Limits of memory are the machine's, as they are without a cluster. Dask warns where its port is taken.
            place: Any = stack.enter_context(LocalCluster(
                n_workers=int(local[1]), threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=None,
                preload=[IGNORE_INTERRUPTS], silence_logs=QUIET))
        else:
            place = address
        try:
            if not local:
                asyncio.run(_call(address))
            client = stack.enter_context(Client(place, timeout=CONNECT_SECONDS, set_as_default=False))
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise ClusterError(f"--cluster {address}: no Dask scheduler answered ({_words(error)}). Give its address, "
                               "such as tcp://host:8786, or local:N to start N workers here.") from error
        yield client


async def _call(address: str) -> None:
    """Open a connection and close it: a client that is made for a wrong address takes long to give up."""
    from distributed import Security
    from distributed.comm.core import connect

    comm = await connect(address, timeout=CONNECT_SECONDS, **Security().get_connection_args("client"))
    await comm.close()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What Dask logs of workers that come and go would tear the table; what matters is told in our own words."""
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)
               if name.partition(".")[0] in ("distributed", "tornado", "asyncio")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(QUIET)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _words(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text:.160}" if text else type(error).__name__


def common_fingerprint(client: Any, address: str) -> dict[str, str]:
    """The workers' fingerprint, once it is known to be one, and ours but for the processor.

    Raises:
        ClusterError: it isn't, or there is no worker.
    """
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError as error:
        raise ClusterError(f"--cluster {address}: the scheduler has had no worker for {WORKER_SECONDS} s. Start "
                           "workers, such as dask worker --nthreads 1, and run again.") from error
    try:
        found: dict[str, dict[str, str]] = client.run(fingerprint)
    except Exception as error:
        raise ClusterError(f"--cluster {address}: a worker can't say which versions it has ({_words(error)}). Install "
                           "distillcheck there, the same version as here.") from error
    common = next(iter(found.values()))
    for worker, theirs in found.items():
        different = unlike(fingerprint(), theirs, ignore="processor") or unlike(common, theirs)
        if different:
            raise ClusterError(f"--cluster {address}: on the worker {worker} {different}. Verdicts are the same only "
                               "with the same versions on one kind of processor: install the same there and here.")
    return common


class _Farm:
    def __init__(self, client: Any, expected: dict[str, str], targets: Sequence[Target], settings: Settings,
                 note: Callable[[Event], None], limits: Limits):
        self.client, self.expected, self.targets, self.settings, self.note = client, expected, targets, settings, note
        self.limits = limits
        self.parcels = [pack(target) for target in targets]
        self.topic = f"distillcheck-{uuid.uuid4().hex}"
        self.news: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.running: dict[Any, int] = {}
        self.suspects: list[int] = []
        self.seen = time.monotonic()

    def run(self, order: Sequence[int]) -> None:
        self.client.subscribe_topic(self.topic, lambda event: self.news.put(event[1]))
        try:
            self._judge(order, alone=False)
            self._judge(self.suspects, alone=True)
        finally:
            self.client.unsubscribe_topic(self.topic)
            self.client.cancel(list(self.running), force=True)

    def _judge(self, order: Sequence[int], *, alone: bool) -> None:
        waiting = deque(order)
        while (waiting or self.running) and not self.limits.over:
            self.limits.stopper.look()
            workers = self._workers()
            while waiting and len(self.running) < (1 if alone else max(workers, 1)):
                self._submit(waiting.popleft())
            try:
                news = self.news.get(timeout=1.0)
            except queue.Empty:
                continue
            if isinstance(news, list | tuple):
                index, stage, done = news
                if index in self.running.values():
                    self.note(Event(index, stage, done))
            elif news in self.running:
                self._end(news, alone)

    def _workers(self) -> int:
        """How many there are now.

        Raises:
            ClusterError: there has been none for long, or the scheduler is gone.
        """
        if self.client.status != "running":
            raise ClusterError(GONE)
        count = len(self.client.nthreads())
        self.seen = time.monotonic() if count else self.seen
        if time.monotonic() - self.seen > WORKER_SECONDS:
            raise ClusterError(f"the cluster has had no worker for {WORKER_SECONDS} s. Start workers and run again.")
        return count

    def _submit(self, index: int) -> None:
        future = self.client.submit(judge_there, index, self.parcels[index], self.settings, self.expected, self.topic,
                                    key=f"{CLAIM_KEY}{index}-{uuid.uuid4().hex}", pure=False)
        self.running[future] = index
        future.add_done_callback(self.news.put)

    def _end(self, future: Any, alone: bool) -> None:
        from distributed import KilledWorker

        index = self.running.pop(future)
        target = self.targets[index]
        if future.status not in ("finished", "error"):
            raise ClusterError(GONE)
        error = future.exception()
        if error is None:
            self.note(future.result())
        elif isinstance(error, KilledWorker) and not alone:
            self.suspects.append(index)
        elif isinstance(error, KilledWorker):
            message = (f"{target.id}: the workers that judged it died, again and again. A claim's functions must "
                       "return: look for a crash in compiled code, exhausted memory, or a call that ends the process.")
            self.note(Event(index, "done", 1.0, broken(target, self.settings, message, final=False)))
        elif isinstance(error, ClusterError):
            raise error
        else:
            raise ClusterError(f"the cluster failed to judge {target.id} ({_words(error)}). Look at the workers' logs "
                               "and run again.")
