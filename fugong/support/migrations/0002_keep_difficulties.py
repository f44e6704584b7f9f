from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("support", "0001_record_difficulties")]

    operations = [
        # Only the enterprise closes a difficulty, and nobody removes one.
        migrations.RunSQL(
            sql="revoke delete, truncate on support_difficulty from fugong_app",
            reverse_sql="grant delete on support_difficulty to fugong_app",
        ),
    ]
