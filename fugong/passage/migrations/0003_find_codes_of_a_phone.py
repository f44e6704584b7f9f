from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("passage", "0002_keep_scans")]
    operations = [
        migrations.AddIndex(
            "phonecode",
            models.Index(fields=["authority", "phone", "-issued_at"], name="phonecode_of_phone"),
        ),
    ]
