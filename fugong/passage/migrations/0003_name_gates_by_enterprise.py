"""Every factory has an east gate: a name is once in an enterprise, and once among those of none."""

from django.db import migrations, models

NAMED = {
    "zone": ("zone_name_once", "name", "There is a zone of this name.", None),
    "gate": ("gate_name_once", "name", "There is a gate of this name.", models.Q(closed_at=None)),
    "gatedevice": (
        "gatedevice_label_once",
        "label",
        "There is a device of this name.",
        models.Q(ended_at=None),
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0008_leave_the_authority_unlocked"),
        ("passage", "0002_keep_scans"),
    ]
    operations = [
        *(migrations.RemoveConstraint(model, name) for model, (name, *_) in NAMED.items()),
        *(
            migrations.AddConstraint(
                model,
                models.UniqueConstraint(
                    fields=("authority", "enterprise", column),
                    condition=condition,
                    name=name,
                    nulls_distinct=False,
                    violation_error_message=sentence,
                ),
            )
            for model, (name, column, sentence, condition) in NAMED.items()
        ),
    ]
