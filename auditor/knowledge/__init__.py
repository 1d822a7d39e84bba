"""What lenaudit knows about protocols and platforms, read from the data files in ``rules/``."""

from auditor.knowledge.choosing import choose, rule_ids
from auditor.knowledge.globs import Globs
from auditor.knowledge.load import (
    Knowledge,
    is_of,
    load_knowledge,
    rules_folder,
    sample_folder,
    with_entry_points,
)
from auditor.knowledge.platform import Call, Frame, Platform, Role, Tagging, Virtual
from auditor.knowledge.protocols import FrameClass, Header, LengthField, Protocols, Quantity, Reading, Sample

__all__ = [
    "Call", "Frame", "FrameClass", "Globs", "Header", "Knowledge", "LengthField", "Platform", "Protocols",
    "Quantity", "Reading", "Role", "Sample", "Tagging", "Virtual", "choose", "is_of", "load_knowledge",
    "rule_ids", "rules_folder", "sample_folder", "with_entry_points",
]  # fmt: skip
