"""Lets the benchmarks import their generator."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
