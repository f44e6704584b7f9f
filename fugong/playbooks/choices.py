"""The closed lists of a playbook. The stored value is the word written in the TOML file."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class Origin(StrEnum):
    """Where a value comes from; every value of a playbook has one."""

    SOURCE = "source"
    NATIONAL_DEFAULT = "national-default"
    LOCAL_CHOICE = "local-choice"

    @property
    def label(self) -> Promise:
        return _ORIGIN_LABELS[self]


_ORIGIN_LABELS: dict[Origin, Promise] = {
    Origin.SOURCE: _("Source document"),
    Origin.NATIONAL_DEFAULT: _("National default"),
    Origin.LOCAL_CHOICE: _("Local choice"),
}


class Standing(StrEnum):
    """Whose document a source is, seen from the locality of the playbook."""

    LOCAL = "local"
    NATIONAL = "national"
    ELSEWHERE = "elsewhere"


class DocumentKind(StrEnum):
    REPORT = "report"
    NOTICE = "notice"
    LAW = "law"
    GUIDE = "guide"
    PRACTICE = "practice"


class BodyKind(StrEnum):
    AUTHORITY = "authority"
    HEADQUARTERS = "headquarters"
    LEADING_GROUP = "leading-group"
    TASK_FORCE = "task-force"
    WORKING_GROUP = "working-group"
    DEPARTMENT = "department"
    TERRITORY = "territory"
    HIGHER_AUTHORITY = "higher-authority"
    PARTNER = "partner"


class AreaKind(StrEnum):
    DISTRICT = "district"
    ZONE = "zone"
    PARK = "park"
    TOWN = "town"
    STREET = "street"
    VILLAGE = "village"
    GRID = "grid"


class SubjectKind(StrEnum):
    """Who may apply. A playbook says which of them it covers."""

    ENTERPRISE = "enterprise"
    CONSTRUCTION_SITE = "construction_site"
    PROJECT = "project"
    TRADER = "trader"
    SHOP = "shop"
    SCHOOL = "school"
    HOTEL = "hotel"
    PERSON = "person"


class Listing(StrEnum):
    """How much of a standard's items its source gives."""

    COMPLETE = "complete"
    OPEN_ENDED = "open-ended"
    NOT_LISTED = "not-listed"

    @property
    def label(self) -> Promise:
        return _LISTING_LABELS[self]


_LISTING_LABELS: dict[Listing, Promise] = {
    Listing.COMPLETE: _("All items listed"),
    Listing.OPEN_ENDED: _("Items listed, and others"),
    Listing.NOT_LISTED: _("Items not listed in the source"),
}


class EvidenceKind(StrEnum):
    NONE = "none"
    PHOTO = "photo"
    PAPER = "paper"
    SIGNATURE = "signature"
    RECORD = "record"


class RouteMode(StrEnum):
    APPROVAL = "approval"
    FILING = "filing"
    COMMITMENT = "commitment"

    @property
    def label(self) -> Promise:
        return _ROUTE_MODE_LABELS[self]


_ROUTE_MODE_LABELS: dict[RouteMode, Promise] = {
    RouteMode.APPROVAL: _("Approval"),
    RouteMode.FILING: _("Filing"),
    RouteMode.COMMITMENT: _("Commitment, checked afterwards"),
}


class Blocks(StrEnum):
    """What a not-before date holds back."""

    APPLICATION = "application"
    START = "start"


class WaveMode(StrEnum):
    DATED = "dated"
    EACH_WHEN_READY = "each-when-ready"


class Answer(StrEnum):
    """What an on-site check asks for."""

    STANDARD = "standard"
    YES_NO = "yes-no"
    COUNT = "count"


class PeriodUnit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class FileFormat(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPG = "jpg"
    PNG = "png"


class Validity(StrEnum):
    UNTIL_REVOKED = "until-revoked"
    DAYS = "days"


class ReturnDecision(StrEnum):
    """What a rule about origin says of somebody who wants to come back."""

    MAY_RETURN = "may_return"
    WITH_CONDITIONS = "with_conditions"
    NOT_YET = "not_yet"

    @property
    def label(self) -> Promise:
        return _RETURN_LABELS[self]


class ExpectedReturn(StrEnum):
    """What comes out: a rule's decision, or a question where something is not known."""

    MAY_RETURN = "may_return"
    WITH_CONDITIONS = "with_conditions"
    NOT_YET = "not_yet"
    ASK = "ask"

    @property
    def label(self) -> Promise:
        return _RETURN_LABELS[self]


_RETURN_LABELS: dict[str, Promise] = {
    "may_return": _("May return"),
    "with_conditions": _("May return under conditions"),
    "not_yet": _("May not return yet"),
    "ask": _("To be asked first"),
}


class ConditionKind(StrEnum):
    """What a condition of a return asks for."""

    SEPARATION = "separation"
    TEST = "test"
    COMMITMENT = "commitment"
    REPORT = "report"
    OTHER = "other"

    @property
    def label(self) -> Promise:
        return _CONDITION_LABELS[self]


_CONDITION_LABELS: dict[ConditionKind, Promise] = {
    ConditionKind.SEPARATION: _("Kept apart"),
    ConditionKind.TEST: _("Test"),
    ConditionKind.COMMITMENT: _("Letter of commitment"),
    ConditionKind.REPORT: _p("condition", "Report"),
    ConditionKind.OTHER: _p("condition", "Other"),
}


class LodgingKind(StrEnum):
    """How somebody lives where he or she comes to."""

    HOME = "home"
    DORMITORY = "dormitory"
    OTHER = "other"

    @property
    def label(self) -> Promise:
        return _LODGING_LABELS[self]


_LODGING_LABELS: dict[LodgingKind, Promise] = {
    LodgingKind.HOME: _("A home of one's own"),
    LodgingKind.DORMITORY: _("A dormitory of the enterprise"),
    LodgingKind.OTHER: _p("lodging", "Elsewhere"),
}


class ApartAt(StrEnum):
    """Where somebody is kept apart."""

    HOME = "home"
    ENTERPRISE = "enterprise"
    CENTRAL = "central"
    BY_LODGING = "by_lodging"

    @property
    def label(self) -> Promise:
        return _APART_LABELS[self]


_APART_LABELS: dict[ApartAt, Promise] = {
    ApartAt.HOME: _("At home"),
    ApartAt.ENTERPRISE: _("In the enterprise"),
    ApartAt.CENTRAL: _("In a central place"),
    ApartAt.BY_LODGING: _("As somebody lives"),
}


class FigureBasis(StrEnum):
    """Computed: from rows, with a proof. Stated: quoted from a source, and never more than that."""

    COMPUTED = "computed"
    STATED = "stated"

    @property
    def label(self) -> Promise:
        return _FIGURE_BASIS_LABELS[self]


_FIGURE_BASIS_LABELS: dict[FigureBasis, Promise] = {
    FigureBasis.COMPUTED: _("Computed from the record"),
    FigureBasis.STATED: _("Stated by the source, not computed"),
}


class ExampleKind(StrEnum):
    GOOD = "good"
    BAD = "bad"


class ReasonCode(StrEnum):
    """Why a route was chosen or refused."""

    CONDITION_HOLDS = "condition-holds"
    FOR_EVERYBODY = "for-everybody"
    SUBJECT_NOT_COVERED = "subject-not-covered"
    NOT_IN_FORCE = "not-in-force"
    NOT_BEFORE = "not-before"
    ROUTE_CLOSED = "route-closed"
    NO_ROUTE = "no-route"

    @property
    def label(self) -> Promise:
        """A sentence with the placeholder %(rule)s, the name of the rule that speaks."""
        return _REASON_LABELS[self]


_REASON_LABELS: dict[ReasonCode, Promise] = {
    ReasonCode.CONDITION_HOLDS: _("The condition of “%(rule)s” holds."),
    ReasonCode.FOR_EVERYBODY: _("“%(rule)s” is open to every applicant no earlier route has taken."),
    ReasonCode.SUBJECT_NOT_COVERED: _("The playbook does not cover this kind of applicant: %(rule)s."),
    ReasonCode.NOT_IN_FORCE: _("The playbook is not in force on this day: %(rule)s."),
    ReasonCode.NOT_BEFORE: _("Too early: %(rule)s."),
    ReasonCode.ROUTE_CLOSED: _("The route is closed: %(rule)s."),
    ReasonCode.NO_ROUTE: _("No route of the playbook fits this applicant: %(rule)s."),
}


class Colour(StrEnum):
    """The colours of levels. A page shows each with a sign of its own: nobody need tell colours apart."""

    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def label(self) -> Promise:
        return _COLOUR_LABELS[self]


_COLOUR_LABELS: dict[Colour, Promise] = {
    Colour.GREEN: _("green"),
    Colour.BLUE: _("blue"),
    Colour.GREY: _("grey"),
    Colour.YELLOW: _("yellow"),
    Colour.ORANGE: _("orange"),
    Colour.RED: _("red"),
}


class GateKind(StrEnum):
    """Where a gate stands. A venue has no guard: whoever comes scans it."""

    DOOR = "door"
    WORKSHOP = "workshop"
    ROAD = "road"
    VENUE = "venue"

    @property
    def label(self) -> Promise:
        return _GATE_KIND_LABELS[self]


_GATE_KIND_LABELS: dict[GateKind, Promise] = {
    GateKind.DOOR: _p("gate", "Door of an enterprise or a park"),
    GateKind.WORKSHOP: _p("gate", "Workshop"),
    GateKind.ROAD: _p("gate", "Checkpoint on a road"),
    GateKind.VENUE: _p("gate", "Venue"),
}


class GateAnswer(StrEnum):
    """What a gate says to somebody."""

    ALLOW = "allow"
    ASK = "ask"
    STOP = "stop"

    @property
    def label(self) -> Promise:
        return _GATE_ANSWER_LABELS[self]

    @property
    def strictness(self) -> int:
        """Of several answers the strictest counts."""
        return list(GateAnswer).index(self)


_GATE_ANSWER_LABELS: dict[GateAnswer, Promise] = {
    GateAnswer.ALLOW: _p("gate", "May pass"),
    GateAnswer.ASK: _p("gate", "To be asked first"),
    GateAnswer.STOP: _p("gate", "May not pass"),
}


class Measuring(StrEnum):
    """Whether temperatures are taken at a gate."""

    ALWAYS = "always"
    MAY = "may"
    NO = "no"

    @property
    def label(self) -> Promise:
        return _MEASURING_LABELS[self]


_MEASURING_LABELS: dict[Measuring, Promise] = {
    Measuring.ALWAYS: _p("temperature", "Of everybody"),
    Measuring.MAY: _p("temperature", "As the guard sees fit"),
    Measuring.NO: _p("temperature", "Not taken"),
}


class Directions(StrEnum):
    BOTH = "both"
    IN = "in"
    OUT = "out"

    @property
    def label(self) -> Promise:
        return _DIRECTIONS_LABELS[self]


_DIRECTIONS_LABELS: dict[Directions, Promise] = {
    Directions.BOTH: _p("gate", "In and out"),
    Directions.IN: _p("gate", "In only"),
    Directions.OUT: _p("gate", "Out only"),
}


class OnTheSpot(StrEnum):
    """By what somebody who scans a venue shows to be there, and not before a photograph of its code."""

    NONE = "none"
    GUARD = "guard"
    ROTATING = "rotating"
    POSITION = "position"

    @property
    def label(self) -> Promise:
        return _ON_THE_SPOT_LABELS[self]


_ON_THE_SPOT_LABELS: dict[OnTheSpot, Promise] = {
    OnTheSpot.NONE: _p("venue", "Nothing is asked"),
    OnTheSpot.GUARD: _p("venue", "A guard confirms it"),
    OnTheSpot.ROTATING: _p("venue", "A code on a screen that changes"),
    OnTheSpot.POSITION: _p("venue", "The phone's position, if its holder agrees"),
}
