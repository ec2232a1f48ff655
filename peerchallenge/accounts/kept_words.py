"""What somebody typed into a form that was sent after their sign-in had ended is shown to them once they are back."""

from dataclasses import dataclass

from django.http import HttpRequest

KEPT = "kept_words"
NOT_KEPT = {"csrfmiddlewaretoken", "form_key", "version"}
MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class KeptWords:
    path: str
    answers: list[tuple[str, str]]


def keep_words(request: HttpRequest, *, of: int) -> bool:
    """Keep the answers of a form in the new session, for the person it belonged to. False when there are none."""
    answers = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if text.strip() and name not in NOT_KEPT and "password" not in name
    ]
    if not answers or sum(len(text) for _, text in answers) > MOST_CHARACTERS:
        return False
    request.session[KEPT] = {"of": of, "path": request.path, "answers": answers}
    return True


def take_kept_words(request: HttpRequest) -> KeptWords | None:
    """The words kept for whoever is signed in now. They are shown once."""
    kept = request.session.pop(KEPT, None)
    if kept is None or kept["of"] != request.user.pk:
        return None
    answers = [(name.replace("_", " ").capitalize(), text) for name, text in kept["answers"]]
    return KeptWords(path=kept["path"], answers=answers)
