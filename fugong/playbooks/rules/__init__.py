"""What a playbook may hold and what it decides. Pure: no database, no settings, no clock."""
