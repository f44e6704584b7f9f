"""States and closed lists of resumption. The stored value is a lower-case word, the label is translated."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class Purpose(TextChoices):
    RESUME = "resume", _("Resume work")
    REOPEN = "reopen", _("Re-open after a suspension")


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Under review")
    RETURNED = "returned", _("Returned for correction")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class Move(TextChoices):
    """What changes the state of an application."""

    SUBMIT = "submit", _("Submit")
    RETURN = "return", _("Return for correction")
    WITHDRAW = "withdraw", _("Withdraw")
    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")


class EventKind(TextChoices):
    """What stands on an application's own timeline."""

    OPENED = "opened", _("Draft opened")
    SUBMITTED = "submitted", _("Application submitted")
    RESUBMITTED = "resubmitted", _("Application submitted again")
    WITHDRAWN = "withdrawn", _("Application withdrawn")
    VERIFIED = "verified", _("Verified on site")
    AGREED = "agreed", _("Opinion: agreed")
    OBJECTED = "objected", _("Opinion: not agreed")
    RETURNED = "returned", _("Returned for correction")
    REFUSED = "refused", _("Application refused")
    APPROVED = "approved", _("Application approved")
    MOOT = "moot", _("Application closed: the suspension has ended")
    LEFT = "left", _("Application closed: the enterprise has left")


class Side(TextChoices):
    """Whose clock runs."""

    ENTERPRISE = "enterprise", _("Enterprise")
    AUTHORITY = "authority", _("Authority")
    NOBODY = "nobody", _("Nobody: closed")


class StepState(TextChoices):
    WAITING = "waiting", _("Waiting for an earlier step")
    OPEN = "open", _("Open")
    AGREED = "agreed", _("Agreed")
    RETURNED = "returned", _("Returned for correction")
    REFUSED = "refused", _("Refused")
    SKIPPED = "skipped", _("No longer needed")


class OpinionKind(TextChoices):
    AGREE = "agree", _("Agree")
    RETURN = "return", _("Return for correction")
    REFUSE = "refuse", _("Refuse")


class AnswerValue(TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class PointKind(TextChoices):
    """What a reviewer can point at when he returns an application, and what may be missing in one."""

    ITEM = "item", _("Checklist item")
    PAPER = "paper", _("Paper")
    LETTER = "letter", _("Letter of commitment")
    FIELD = "field", _("Field")


class CheckResult(TextChoices):
    PASS = "pass", _("Passed")
    FAIL = "fail", _("Failed")


class SignatureKind(TextChoices):
    DRAWN = "drawn", _("Signed by hand on the screen")
    TYPED = "typed", _("Name typed")


class CertificateState(TextChoices):
    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _p("certificate", "Suspended")
    REVOKED = "revoked", _("Revoked")


class SuspensionState(TextChoices):
    PROPOSED = "proposed", _("Proposed, waits for a second person")
    IN_FORCE = "in_force", _("In force")
    DECLINED = "declined", _("Not confirmed")
    LIFTED = "lifted", _("Lifted")
    LAPSED = "lapsed", _("Ended by its date")


class SuspensionMove(TextChoices):
    CONFIRM = "confirm", _("Confirm")
    DECLINE = "decline", _("Do not confirm")
    LIFT = "lift", _("Lift")
    LAPSE = "lapse", _("End by its date")


class SuspensionReason(TextChoices):
    """The closed list: nothing else may stop an enterprise."""

    INFECTION = "infection", _("Infection among people on site")
    STANDARD_NOT_KEPT = "standard_not_kept", _("A required standard is no longer kept")
    WORK_SAFETY = "work_safety", _("Danger to work safety")
    CONDITION_NOT_KEPT = "condition_not_kept", _("A condition of the approval is not kept")
    FALSE_STATEMENT = "false_statement", _("A statement in the application was false")
    ORDER_FROM_ABOVE = "order_from_above", _("Order of a higher authority")


class Implausible(TextChoices):
    """What looks odd in a production report. It is shown, never punished."""

    MORE_THAN_STAFF = "more_than_staff", _("More people on post than the enterprise normally has")
    NEVER_CHANGING = "never_changing", _("The same numbers for many days")
    JUMP = "jump", _("A jump from the report before")
    CAPACITY_WITHOUT_PEOPLE = "capacity_without_people", _("Output without people on post")


class RiskLevel(TextChoices):
    LOW = "low", _("Low risk")
    MEDIUM = "medium", _("Medium risk")
    HIGH = "high", _("High risk")


APPLY: Final = "applications.apply"
SEE: Final = "applications.see"
VERIFY: Final = "applications.verify"
REVIEW_PARK: Final = "applications.review.park"
REVIEW_DEPARTMENT: Final = "applications.review.department"
REVIEW_HEADQUARTERS: Final = "applications.review.headquarters"
SUSPEND: Final = "applications.suspend"
REOPEN: Final = "applications.reopen"
REPORT: Final = "reports.submit"
SEE_REPORTS: Final = "reports.see"

PERMISSIONS = {
    APPLY: _("apply for an enterprise it speaks for"),
    SEE: _("see submitted applications"),
    VERIFY: _("verify on site, and that conditions are fulfilled"),
    REVIEW_PARK: _("give the opinion of the park or the territory"),
    REVIEW_DEPARTMENT: _("give the opinion of a department"),
    REVIEW_HEADQUARTERS: _("decide for the headquarters"),
    SUSPEND: _("propose a suspension, or confirm one that somebody else proposed"),
    REOPEN: _("lift a suspension"),
    REPORT: _("report production for an enterprise it speaks for"),
    SEE_REPORTS: _("see production reports and who has not reported"),
}


class DutyKind:
    """What people owe in this context."""

    CORRECT: Final = "resumption.correct"
    VISIT: Final = "resumption.verify"
    OPINION: Final = "resumption.review"
    REPORT: Final = "resumption.production_report"
    CONDITION: Final = "resumption.condition"
    CONFIRM_CONDITION: Final = "resumption.confirm_condition"
    SECOND_PERSON: Final = "resumption.confirm_suspension"


DUTY_KINDS = {
    DutyKind.CORRECT: _("Correct the application and submit it again"),
    DutyKind.VISIT: _("Verify on site"),
    DutyKind.OPINION: _("Give an opinion on the application"),
    DutyKind.REPORT: _("Report the day's production"),
    DutyKind.CONDITION: _("Fulfil a condition of the approval"),
    DutyKind.CONFIRM_CONDITION: _("Confirm that a condition is fulfilled"),
    DutyKind.SECOND_PERSON: _("Confirm a suspension, or decline it"),
}


class DecisionKind:
    """What is decided in this context, each with its reasons."""

    APPLICATION: Final = "resumption.application"
    SUSPENSION: Final = "resumption.suspension"


DECISION_KINDS = {
    DecisionKind.APPLICATION: _("Decision on an application"),
    DecisionKind.SUSPENSION: _("Decision on a suspension"),
}

EVIDENCE_FILE: Final = "resumption.evidence"
VISIT_PHOTO: Final = "resumption.visit_photo"
FILE_PURPOSES = {EVIDENCE_FILE: _("Evidence or paper of an application"), VISIT_PHOTO: _("Photo of a visit")}
