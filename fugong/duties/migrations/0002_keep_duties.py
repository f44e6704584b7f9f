from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_record_duties")]

    operations = [
        # What was owed stays on record: it is done, excused or withdrawn, never removed.
        migrations.RunSQL(
            sql="revoke delete, truncate on duties_duty from fugong_app",
            reverse_sql="grant delete on duties_duty to fugong_app",
        ),
    ]
