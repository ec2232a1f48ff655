from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "peerchallenge.access"
    label = "access"

    def ready(self) -> None:
        from peerchallenge.access import checks  # noqa: F401  registers the system checks
