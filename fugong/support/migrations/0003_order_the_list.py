from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0006_find_telephones"),
        ("playbooks", "0003_change_only_the_end"),
        ("support", "0002_keep_difficulties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(
                models.F("authority"),
                models.F("due_at"),
                models.OrderBy(models.F("raised_at"), descending=True, nulls_last=True),
                models.F("id"),
                name="difficulty_in_order",
            ),
        ),
    ]
