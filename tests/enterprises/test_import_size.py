"""A hundred thousand rows: read, judged and taken over by the worker, within bounds."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fugong.areas.models import Area
from fugong.core.importing.choices import BatchState
from fugong.core.refusals import Invalid
from fugong.core.sheets.reading import ROW_LIMIT
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations, queries
from fugong.enterprises.models import Enterprise, ImportBatch, NameGram, RegisterEvent
from tests.enterprises import lists, making
from tests.enterprises.making import NOW

ROWS = 100_000
KILOBYTES_ALLOWED = 900 * 1024
"""For the rows in memory, read and judged; the process needs about half of it."""

pytestmark = pytest.mark.committed


@pytest.fixture
def park(committed_db: str) -> Iterator[Area]:
    north = making.authority()
    with acting_for(north.id):
        yield making.park(north)


def long_list(number: int) -> bytes:
    lines = [",".join(lists.HEADINGS[:6])]
    for each in range(number):
        name = f"{chr(0x4E00 + each % 6000)}{chr(0x4E00 + each // 6000)}制造有限公司"
        lines.append(
            f"{name},{making.credit_code(each)},{'规上' if each % 3 else '规下'},C,甲园区,{each % 500}"
        )
    return "\n".join(lines).encode("gbk")


def test_hundred_thousand_rows_are_taken_over_in_bounds(park: Area) -> None:
    ann = making.person(park.authority)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    batch = operations.start_import(SimpleUploadedFile("a.csv", long_list(ROWS)), actor=ann, now=NOW)
    assert batch.state == BatchState.READING
    operations.read_import(batch.id, actor=ann, now=NOW)
    operations.confirm_import(batch.id, actor=ann, now=NOW)
    operations.take_over(batch.id, actor=ann, now=NOW)

    batch = ImportBatch.objects.get()
    assert (batch.state, batch.total, batch.new, batch.content) == (BatchState.CONFIRMED, ROWS, ROWS, "")
    assert Enterprise.objects.count() == RegisterEvent.objects.count() == ROWS
    assert queries.totals(queries.standing_counts(ann)).in_scope == ROWS
    assert NameGram.objects.filter(gram="制造").count() == ROWS
    assert [found.credit_code for found in queries.search(ann, "丁一制造")] == [making.credit_code(1)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KILOBYTES_ALLOWED


def test_more_rows_than_anybody_has_are_refused(park: Area) -> None:
    content = ",".join(lists.HEADINGS[:6]).encode("gbk") + b"\nx,y" * (ROW_LIMIT + 200)
    with pytest.raises(Invalid) as caught:
        operations.start_import(
            SimpleUploadedFile("a.csv", content), actor=making.person(park.authority), now=NOW
        )
    assert caught.value.code == "too_many_rows"
    assert not ImportBatch.objects.exists()
