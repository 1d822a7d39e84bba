"""Lowering: clang's tree of one unit comes in, the IR of its functions, variables and records goes out."""

from auditor.frontend.lower.unit import Lowered, lower

__all__ = ["Lowered", "lower"]
