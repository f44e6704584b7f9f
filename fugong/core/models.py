"""All of core's tables in one place for Django; each is written where it belongs."""

from fugong.core.audit.models import AuditEntry, AuditLink, AuditPending, AuditSeal
from fugong.core.decisions.models import DecisionRecord
from fugong.core.ending.models import (
    DestructionApproval,
    DestructionBatch,
    DestructionCertificate,
    DestructionPlan,
    DestructionStart,
)
from fugong.core.exports.models import ListDownload, ListExport
from fugong.core.facts.models import Fact, FactReceipt
from fugong.core.files.models import StoredFile
from fugong.core.horizon import Horizon
from fugong.core.retention.models import EmergencyEnd, RetentionTerm
from fugong.core.sealed.models import DataKey
from fugong.core.web.models import Receipt

__all__ = [
    "AuditEntry",
    "AuditLink",
    "AuditPending",
    "AuditSeal",
    "DataKey",
    "DecisionRecord",
    "DestructionApproval",
    "DestructionBatch",
    "DestructionCertificate",
    "DestructionPlan",
    "DestructionStart",
    "EmergencyEnd",
    "Fact",
    "FactReceipt",
    "Horizon",
    "ListDownload",
    "ListExport",
    "Receipt",
    "RetentionTerm",
    "StoredFile",
]
