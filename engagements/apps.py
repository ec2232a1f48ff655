from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "engagements"

    def ready(self) -> None:
        from engagements.roles import register_council_roles  # models are loaded only now

        register_council_roles()
