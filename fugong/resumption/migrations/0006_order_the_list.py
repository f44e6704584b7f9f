from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0006_find_telephones"),
        ("playbooks", "0003_change_only_the_end"),
        ("resumption", "0005_close_what_has_no_purpose"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                models.F("authority"),
                models.OrderBy(models.F("submitted_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="application_newest",
            ),
        ),
    ]
