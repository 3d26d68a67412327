"""What happens: tasks as data, and compiled simulations of teachers and students on them.

`Binary`, `Finite` and `Circle` are the tasks; `strategies` generates them; the other modules draw from them,
each with a plain NumPy twin. All of them load on first use: importing this package costs nothing.
"""
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulate import (
        clouds,
        clusters,
        cube,
        kernel_strategies,
        kernels,
        neighbours,
        space_strategies,
        strategies,
        student_strategies,
        students,
        sums,
        tallies,
        votes,
    )
    from simulate.circle import Circle
    from simulate.cube import Cube, Torus
    from simulate.kernels import Machine
    from simulate.tasks import Binary, Finite

__all__ = [
    "Binary", "Circle", "Cube", "Finite", "Machine", "Torus", "clouds", "clusters", "cube", "kernel_strategies",
    "kernels", "neighbours", "space_strategies", "strategies", "student_strategies", "students", "sums", "tallies",
    "votes",
]

_HOMES = {"Binary": "simulate.tasks", "Finite": "simulate.tasks", "Circle": "simulate.circle",
          "Cube": "simulate.cube", "Torus": "simulate.cube", "Machine": "simulate.kernels"}


def __getattr__(name: str) -> Any:
    """Load a task class or a module on first use."""
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    elif name in __all__:
        value = import_module(f"simulate.{name}")
    else:
        raise AttributeError(f"module 'simulate' has no attribute {name!r}; it has {', '.join(__all__)}.")
    globals()[name] = value
    return value
