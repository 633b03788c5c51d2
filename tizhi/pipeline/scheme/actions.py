"""工作方案的办理: a scheme is put in force as a whole, or not at all."""

from __future__ import annotations

import hashlib
from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor

from . import declared
from .loading import load
from .models import Cluster, Version
from .rules import first_day
from .who import administrator, platform


@action("施行工作方案", by=[administrator, platform], creates=True)
def apply_scheme(actor: Actor, cluster: Cluster, *, text: str, begins: date | None = None) -> Version:
    """Put the declared `text` in force for `cluster` (unsaved at first) from `begins` on; answers its version.

    A first version begins with the cluster, a later one today unless `begins` says otherwise. The text in force changes
    nothing and makes no version. Raises RuleBroken for a faulty text, another cluster's text, or a day before the last
    version's.
    """
    scheme = declared.read(text)
    latest = _locked_latest(cluster)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if latest and latest.sha256 == digest:
        return latest
    if latest:
        begins = first_day(begins, latest=latest.begins, today=clock.today())
    begins = begins or scheme.cluster.starts
    load(cluster, scheme, begins)
    return Version.objects.create(
        cluster=cluster, number=latest.number + 1 if latest else 1, text=text, sha256=digest, begins=begins,
        applied_at=clock.now(),
    )  # fmt: skip


def _locked_latest(cluster: Cluster) -> Version | None:
    """The latest version; its cluster stays locked until this action is done, so that versions queue."""
    if cluster.pk is None:
        return None
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    return cluster.versions.order_by("number").last()
