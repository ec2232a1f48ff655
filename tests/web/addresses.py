"""Only the addresses of the ground, so that these tests depend on no app above it."""

from django.urls import include, path

urlpatterns = [
    path("", include("peerchallenge.web.urls")),
    path("", include("peerchallenge.accounts.urls")),
]
