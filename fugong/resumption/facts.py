"""What resumption tells the other contexts after commit, and what it tells playbooks about an applicant."""

from __future__ import annotations

from typing import Final

from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.playbooks.facts import APPLICATION, INT, STRING, Fact, register_facts
from fugong.resumption.choices import Purpose, RiskLevel

# payload of all: enterprise, and (but for reports) application and number
APPLICATION_SUBMITTED: Final = "resumption.ApplicationSubmitted"
APPLICATION_RETURNED: Final = "resumption.ApplicationReturned"
APPLICATION_APPROVED: Final = "resumption.ApplicationApproved"
APPLICATION_REFUSED: Final = "resumption.ApplicationRefused"
APPLICATION_WITHDRAWN: Final = "resumption.ApplicationWithdrawn"
SUSPENDED: Final = "resumption.Suspended"
REOPENED: Final = "resumption.Reopened"
PRODUCTION_REPORTED: Final = "resumption.ProductionReported"

APPLICANT = register_facts(
    APPLICATION,
    {
        "kind": Fact.one_of(Kind.values),
        "size_class": Fact.one_of(SizeClass.values).optional(),
        "industry": Fact.one_of(Industry.values).optional(),
        "head_count": INT,
        "tags": Fact.several_of(Tag.values),
        "park": STRING,
        "purpose": Fact.one_of(Purpose.values),
        "risk": Fact.one_of(RiskLevel.values).optional(),
    },
)
"""`head_count`: people planned on post; where the application has no number yet, the normal staff of the
register.
`park`: the code of the area; `risk`: the risk level of that area, unknown where no regime of the playbook
gives one.
"""
