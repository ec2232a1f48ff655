from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"

    def ready(self) -> None:
        # Models are loaded only now.
        from actionplans.views.clerk import clerk_home, clerk_navigation
        from peerchallenge.web.home import register_home
        from peerchallenge.web.navigation import register_navigation

        register_home(40, clerk_home)
        register_navigation(clerk_navigation)
