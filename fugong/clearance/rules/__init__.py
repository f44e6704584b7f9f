"""The law of levels set by hand and of appeals. That of the levels themselves is the playbook's."""
