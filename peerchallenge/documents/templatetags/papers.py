from django import template

from peerchallenge.documents import text

register = template.Library()
register.filter("plain", text.plain)
register.filter("inline", text.inline)
register.filter("rich", text.rich)
