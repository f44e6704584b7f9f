from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "fugong.scenarios"
    label = "scenarios"
