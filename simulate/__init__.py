"""What happens: tasks as data, and compiled simulations of teachers and students on them.

The task classes below can be named in an instance's JSON; `strategies` and the modules called `*_strategies` generate
instances, the other modules draw from them, each with a plain NumPy twin. Everything loads on first use: importing this
package costs nothing.
"""
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulate.circle import Circle
    from simulate.cube import Cube, Torus
    from simulate.distilled_ridge import RidgeTask
    from simulate.features import Features
    from simulate.gaussians import Gaussians
    from simulate.kernels import Machine
    from simulate.linear import Linear
    from simulate.tasks import Binary, Finite

__all__ = ["Binary", "Circle", "Cube", "Features", "Finite", "Gaussians", "Linear", "Machine", "RidgeTask", "Torus"]

_HOMES = {
    "Binary": "simulate.tasks", "Circle": "simulate.circle", "Cube": "simulate.cube", "Features": "simulate.features",
    "Finite": "simulate.tasks", "Gaussians": "simulate.gaussians", "Linear": "simulate.linear",
    "Machine": "simulate.kernels", "RidgeTask": "simulate.distilled_ridge", "Torus": "simulate.cube",
}


def __getattr__(name: str) -> Any:
    """Load a task class on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'simulate' has no attribute {name!r}; its tasks are {', '.join(__all__)}, and "
                             "its modules have to be imported.")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
