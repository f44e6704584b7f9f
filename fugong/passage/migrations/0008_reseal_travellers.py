"""A crossing never changes; its travellers may be sealed anew under another key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("passage", "0007_count_by_statement")]

    operations = [
        migrations.RunSQL(
            sql="grant update (travellers) on passage_crossing to fugong_app",
            reverse_sql="revoke update (travellers) on passage_crossing from fugong_app",
        ),
    ]
