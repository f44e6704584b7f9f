from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0004_keep_imports_apart")]

    operations = [
        migrations.AddIndex(
            model_name="standingevent",
            index=models.Index(
                fields=["authority", "at"], include=["enterprise", "state"], name="standing_event_of_days"
            ),
        ),
    ]
