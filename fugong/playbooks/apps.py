from django.apps import AppConfig


class PlaybooksConfig(AppConfig):
    name = "fugong.playbooks"
    label = "playbooks"
