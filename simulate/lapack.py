"""SciPy's BLAS and LAPACK inside kernels, where Numba has no function of its own for the job.

Their symbols are given to LLVM by name, so that kernels which call them can be kept on disk. Arguments are addresses,
and a C-ordered array is the transpose of what Fortran sees.
"""
from typing import Any

import llvmlite.binding
import numpy as np
from numba import types
from numba.extending import get_cython_function_address

from simulate.jit import kernel
from simulate.tasks import Floats


def _external(module: str, name: str, arguments: int) -> Any:
    """A Fortran routine of `scipy.linalg` that takes so many addresses."""
    symbol = f"distillcheck_{name}"
    llvmlite.binding.add_symbol(symbol, get_cython_function_address(f"scipy.linalg.{module}", name))
    return types.ExternalFunction(symbol, types.void(*[types.uintp] * arguments))


_dsyrk = _external("cython_blas", "dsyrk", 10)
_dposv = _external("cython_lapack", "dposv", 8)


@kernel
def solve_gram(x: Floats, by_rows: bool, right: Floats) -> None:
    """Replace `right` by the solution of x x' w = right (by rows), or of x' x w = right.

    x is C-ordered with shape (n, p), and the matrix positive definite; NaN where it is not.
    """
    n, p = x.shape
    size, other = (n, p) if by_rows else (p, n)
    gram, scalars = np.empty((size, size)), np.array([1.0, 0.0])
    letters = np.array([ord("U"), ord("T") if by_rows else ord("N")], np.uint8)
    integers = np.array([size, other, p, 1, 0], np.int32)
    letter, integer, scalar = letters.ctypes.data, integers.ctypes.data, scalars.ctypes.data
    # x as Fortran sees it is p x n: its Gram matrix by rows is that of the transpose.
    _dsyrk(letter, letter + 1, integer, integer + 4, scalar, x.ctypes.data, integer + 8, scalar + 8, gram.ctypes.data,
           integer)
    _dposv(letter, integer, integer + 12, gram.ctypes.data, integer, right.ctypes.data, integer, integer + 16)
    if integers[4] != 0:
        right[:] = np.nan
