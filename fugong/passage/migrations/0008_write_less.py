"""A scan is found by whom it is about without the authority, which that says already: a third less to write.

An index of scans with a wrong clock served nobody. And a crossing never changes, but its travellers may be sealed anew under another key.
"""

from django.db import migrations

OF_SUBJECT = "create index passage_scan_of_subject on passage_scan ({}) where subject is not null"
AWAY = "drop index passage_scan_of_subject"
MISDATED = (
    "create index passage_scan_misdated on passage_scan (authority_id, received_at) where flags & 4 <> 0"
)


class Migration(migrations.Migration):
    dependencies = [("passage", "0007_count_by_statement")]

    operations = [
        migrations.RunSQL(
            [AWAY, OF_SUBJECT.format("subject, at")], [AWAY, OF_SUBJECT.format("authority_id, subject, at")]
        ),
        migrations.RunSQL("drop index passage_scan_misdated", MISDATED),
        migrations.RunSQL(
            sql="grant update (travellers) on passage_crossing to fugong_app",
            reverse_sql="revoke update (travellers) on passage_crossing from fugong_app",
        ),
    ]
