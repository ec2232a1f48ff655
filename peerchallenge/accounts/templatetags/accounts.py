"""Words about accounts in templates."""

from django import template

register = template.Library()


@register.filter
def masked(email: str) -> str:
    """h••••@northmoor.example: enough for the owner to know it, not for anybody else."""
    name, _, host = email.partition("@")
    return f"{name[:1]}••••@{host}"
