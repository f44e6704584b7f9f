"""Tables of resumption, one module a noun. Rows that say what happened are append-only in the database."""

from fugong.resumption.models.applications import Application, ApplicationEvent, NumberSeries
from fugong.resumption.models.certificates import Certificate, CertificateEvent, CertificateKey
from fugong.resumption.models.checklist import Answer, Evidence, Letter
from fugong.resumption.models.reports import ProductionReport
from fugong.resumption.models.review import Condition, Remark, Step
from fugong.resumption.models.suspensions import Suspension
from fugong.resumption.models.verification import Verification, VerificationItem

__all__ = [
    "Answer",
    "Application",
    "ApplicationEvent",
    "Certificate",
    "CertificateEvent",
    "CertificateKey",
    "Condition",
    "Evidence",
    "Letter",
    "NumberSeries",
    "ProductionReport",
    "Remark",
    "Step",
    "Suspension",
    "Verification",
    "VerificationItem",
]
