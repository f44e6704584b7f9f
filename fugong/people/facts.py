"""What the person files tell the others after commit, and what they tell playbooks about a person."""

from typing import Final

from fugong.enterprises.choices import Industry, Kind, SizeClass, Tag
from fugong.people.choices import DocumentKind
from fugong.playbooks.facts import BOOL, INT, PERSON, STRING, STRINGS, Fact, register_facts

PERSON_REGISTERED: Final = "people.PersonRegistered"
PERSON_CORRECTED: Final = "people.PersonCorrected"
EMPLOYMENT_BEGUN: Final = "people.EmploymentBegun"
EMPLOYMENT_ENDED: Final = "people.EmploymentEnded"
PHONE_ENDED: Final = "people.PhoneEnded"
"""A phone no longer stands for a person: `phone` names it, as `Worker.device_id` did."""
PEOPLE_IMPORTED: Final = "people.PeopleImported"
"""One for a whole list, instead of one of the above for each person: `queries.people_of_import` says who."""


FILES_MERGED: Final = "people.FilesMerged"
MERGE_UNDONE: Final = "people.MergeUndone"
STAY_RECORDED: Final = "people.StayRecorded"

PERSON_FACTS: Final = register_facts(
    PERSON,
    {
        "document_kind": Fact.one_of(DocumentKind.values),
        "home_region": STRING,
        "home_province": STRING,
        "home_city": STRING,
        "stayed_in": STRINGS,
        "is_employed": BOOL,
        "kind": Fact.one_of(Kind.values).optional(),
        "size_class": Fact.one_of(SizeClass.values).optional(),
        "industry": Fact.one_of(Industry.values).optional(),
        "tags": Fact.several_of(Tag.values),
        "park": STRING,
        "post": STRING,
        "shift": STRING,
        "crew": STRING,
        "room": STRING,
        "days_employed": INT.optional(),
    },
)
"""Regions are codes of six digits (GB/T 2260), empty where nobody said: `home_province` 420000.

`stayed_in` lists the regions of the last 28 days, with their cities and provinces; it is empty where nobody
has said anything, which is no proof of having stayed at home.
`kind` to `park` are of the enterprise he or she works at now. Nothing here opens a sealed number.
"""
