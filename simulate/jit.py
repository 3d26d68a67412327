"""The decorator of this package's compiled kernels; `compiling.jit` says what it does."""
from pathlib import Path

from compiling.jit import Compiler

kernel = Compiler(Path(__file__).parent)
