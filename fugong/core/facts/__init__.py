"""The outbox: what a context tells the others, stored with the write it tells of, delivered after commit.

Owns the rows, the delivery (at least once, each handler by itself) and its failures. Does not own who answers
which fact: that is one table, `fugong.reactions`. Payloads hold ids and plain values, never personal data.
"""

from fugong.core.facts.delivery import DeliveredFact, Delivery, Handler, Registry, deliver_due
from fugong.core.facts.queries import count_waiting, list_dead
from fugong.core.facts.recording import record, record_each, revive

__all__ = [
    "DeliveredFact",
    "Delivery",
    "Handler",
    "Registry",
    "count_waiting",
    "deliver_due",
    "list_dead",
    "record",
    "record_each",
    "revive",
]
