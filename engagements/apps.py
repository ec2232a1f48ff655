from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "engagements"

    def ready(self) -> None:
        from engagements.navigation import items_for, items_for_peers, organisation_of  # models are loaded by now
        from engagements.roles import register_council_roles  # as above
        from engagements.views.portfolio import home  # as above
        from engagements.views.team import home_of_peer  # as above
        from peerchallenge.web.home import register_home  # as above
        from peerchallenge.web.navigation import register_navigation, register_organisation  # as above

        register_council_roles()
        register_home(10, home)
        register_home(70, home_of_peer)
        register_navigation(items_for)
        register_navigation(items_for_peers)
        register_organisation(organisation_of)
