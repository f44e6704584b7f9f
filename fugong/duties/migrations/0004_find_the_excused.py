from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_call_one_level_after_the_other")]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                fields=["authority", "kind", "period"],
                condition=models.Q(("excuse", ""), _negated=True),
                name="duty_excused",
            ),
        ),
    ]
