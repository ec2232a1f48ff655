"""The sample plan of the demonstration, to try an import with."""

from django.http import Http404, HttpRequest, HttpResponse

from actionplans.demonstration.sample import has_sample, sample_plan
from engagements.models import Engagement
from engagements.views.loaders import visible_engagement
from peerchallenge.access import allow

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@allow("actionplans.import_plan", load=visible_engagement)
def sample(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if not has_sample(engagement):
        raise Http404
    response = HttpResponse(sample_plan(engagement), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{engagement.slug}-sample-plan.docx"'
    return response
