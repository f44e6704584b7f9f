from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("core", "0005_settle_what_is_known")]

    operations = [
        migrations.AlterField("receipt", "path", models.TextField()),
        migrations.AlterField("receipt", "location", models.TextField(blank=True)),
        migrations.AlterField("receipt", "recorded_at", models.DateTimeField(db_default=Now())),
        migrations.AddIndex("receipt", models.Index(fields=["recorded_at"], name="receipt_by_age")),
    ]
