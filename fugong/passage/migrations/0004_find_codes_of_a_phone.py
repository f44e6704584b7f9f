from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("passage", "0003_name_gates_by_enterprise")]
    operations = [
        migrations.AddIndex(
            "phonecode",
            models.Index(fields=["authority", "phone", "-issued_at"], name="phonecode_of_phone"),
        ),
    ]
