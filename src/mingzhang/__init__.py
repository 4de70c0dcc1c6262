"""Mingzhang 明账: compiles, checks and reads the published budgets of Chinese departments."""

__version__ = "0.1.0"
