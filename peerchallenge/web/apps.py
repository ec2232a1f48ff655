from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "peerchallenge.web"

    def ready(self) -> None:
        from peerchallenge import checks  # noqa: F401 importing registers them, and only once Django is ready
