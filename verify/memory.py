"""How much memory a process may take: what the machine has free, so that a request for more fails at once.

Without a limit Linux grants it and kills some process later, when it is used.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None

# Where containers are told how much they may use.
CONTAINER = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
LEAST = 1 << 30
# Of what is free; the rest is for everything else that runs.
SHARE = 0.9


def free() -> int | None:
    """Bytes that a process may still take, as far as the machine tells."""
    found = []
    with contextlib.suppress(OSError, ValueError, StopIteration, IndexError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found.append(int(next(line for line in lines if line.startswith("MemAvailable")).split()[1]) << 10)
    if not found:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for file in CONTAINER:
        with contextlib.suppress(OSError, ValueError):
            found.append(int(file.read_text(encoding="ascii")))
    return min(found) if found else None


def share(processes: int) -> int | None:
    """Bytes for each of several processes that run side by side; None where it can't be told."""
    bytes_free = free()
    return None if bytes_free is None else max(int(SHARE * bytes_free / max(processes, 1)), LEAST)


@contextlib.contextmanager
def limited(size: int | None) -> Iterator[None]:
    """Inside, a request that would bring this process's data above `size` bytes raises MemoryError at once."""
    if size is None or resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    unlimited = resource.RLIM_INFINITY
    wanted = min([size, *(limit for limit in (soft, hard) if limit != unlimited)])
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    except (ValueError, OSError):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
