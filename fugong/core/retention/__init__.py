"""What is kept, what for, and until when.

Owns the register of retention classes (each table belongs to exactly one), the terms an authority may shorten
or lengthen with a reason, and the day the emergency ended. What is due is ended by `fugong.core.ending`.
"""

from fugong.core.retention.classes import (
    MACHINE,
    RECORD,
    By,
    Kept,
    RetentionClass,
    Text,
    find_kept,
    kept_models,
    register_class,
    register_kept,
    retention_class,
    retention_classes,
)

__all__ = [
    "MACHINE",
    "RECORD",
    "By",
    "Kept",
    "RetentionClass",
    "Text",
    "find_kept",
    "kept_models",
    "register_class",
    "register_kept",
    "retention_class",
    "retention_classes",
]
