"""Findings with suggested changes in, changes out that were proved by analysing the changed source again."""

from auditor.repair.edits import NotWritable, applied, unified
from auditor.repair.verify import Patch, patch_of, verified

__all__ = ["NotWritable", "Patch", "applied", "patch_of", "unified", "verified"]
