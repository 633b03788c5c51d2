"""留痕: fills one entry of history from who acted, for whom, on what."""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from tizhi.base.audit.models import Entry
from tizhi.base.kit.actor import Actor


def write(entry: Entry, actor: Actor, holder: Actor, target: Any) -> None:
    """Save `entry` for `actor` (acting for `holder` where they differ) and `target`, in ids and in words."""
    entry.user_id = actor.user_id
    entry.person_id, entry.appointment_id = actor.person_id, actor.appointment_id
    entry.name, entry.post_words, entry.unit_words = actor.name, actor.post_words, actor.unit_words
    if holder is not actor:
        entry.principal_id, entry.principal_words = holder.person_id, holder.words
    entry.address = actor.address
    entry.cluster_id = getattr(target, "cluster_id", None) or actor.cluster_id
    entry.unit_id = getattr(target, "unit_id", None)
    entry.kind = ContentType.objects.get_for_model(target)
    entry.target_id, entry.target_words = target.pk, str(target)[:200]
    entry.save()
