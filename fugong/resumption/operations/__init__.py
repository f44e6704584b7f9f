"""All writing of resumption. Each operation: lock, permission, rule, write, audit, fact; one transaction."""

from fugong.resumption.operations.conditions import confirm_condition, report_condition, send_condition_back
from fugong.resumption.operations.drafts import (
    DraftData,
    ItemAnswer,
    answer_item,
    change_plan,
    open_draft,
    sign_letter,
)
from fugong.resumption.operations.evidence import Attachment, attach_evidence, remove_evidence
from fugong.resumption.operations.filings import accept_unobjected
from fugong.resumption.operations.leaving import end_for_leaver
from fugong.resumption.operations.outcomes import ConditionData
from fugong.resumption.operations.reports import ReportData, open_report_duties, report_production
from fugong.resumption.operations.reviewing import Approval, Opinion, Point, approve, give_opinion
from fugong.resumption.operations.stationing import owe_visit_anew
from fugong.resumption.operations.submission import Incomplete, submit, withdraw
from fugong.resumption.operations.suspensions import (
    SuspensionData,
    confirm_suspension,
    decline_suspension,
    lapse_suspensions,
    lift_suspension,
    propose_suspension,
)
from fugong.resumption.operations.visits import Visit, verify
from fugong.resumption.rules.signatures import Signature, read_signature
from fugong.resumption.rules.verification import Finding

__all__ = [
    "Approval",
    "Attachment",
    "ConditionData",
    "DraftData",
    "Finding",
    "Incomplete",
    "ItemAnswer",
    "Opinion",
    "Point",
    "ReportData",
    "Signature",
    "SuspensionData",
    "Visit",
    "accept_unobjected",
    "answer_item",
    "approve",
    "attach_evidence",
    "change_plan",
    "confirm_condition",
    "confirm_suspension",
    "decline_suspension",
    "end_for_leaver",
    "give_opinion",
    "lapse_suspensions",
    "lift_suspension",
    "open_draft",
    "open_report_duties",
    "owe_visit_anew",
    "propose_suspension",
    "read_signature",
    "remove_evidence",
    "report_condition",
    "report_production",
    "send_condition_back",
    "sign_letter",
    "submit",
    "verify",
    "withdraw",
]
