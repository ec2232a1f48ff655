from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "peerchallenge.access"
    label = "access"
