"""Every address of the service. `C` in the apps' files is /challenges/<slug>/."""

from django.urls import include, path

urlpatterns = [
    path("", include("peerchallenge.web.urls")),
    path("", include("peerchallenge.accounts.urls")),
    path("", include("peerchallenge.notices.urls")),
    path("", include("engagements.urls")),
    path("", include("actionplans.urls")),
]

handler400 = "peerchallenge.web.errors.bad_request"
handler403 = "peerchallenge.web.errors.forbidden"
handler404 = "peerchallenge.web.errors.not_found"
handler500 = "peerchallenge.web.errors.fault"
