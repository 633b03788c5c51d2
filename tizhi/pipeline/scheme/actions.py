"""工作方案的办理: a scheme is put in force as a whole, or not at all."""

from __future__ import annotations

import hashlib
from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken

from . import declared, rules
from .loading import load
from .models import Cluster, Version
from .queries import in_force
from .who import administrator, platform


@action("施行工作方案", by=[administrator, platform], creates=True)
def apply_scheme(
    actor: Actor, cluster: Cluster, *, text: str | bytes, begins: date | None = None, after: int | None = None
) -> Version:
    """Put the declared `text` in force for `cluster` (unsaved at first) from `begins` on; answers its version.

    A first version begins with the cluster, a later one today unless `begins` says otherwise. The text in force changes
    nothing and makes no version. `after` is the number of the version the change was shown against (0: none).
    Raises RuleBroken for a faulty text, another cluster's text, a day before the last version's, or a version come
    in between.
    """
    text = rules.require_sound(text)
    scheme = declared.read(text)
    rules.require_same_cluster(cluster.key, scheme)
    latest = _locked_latest(cluster)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if latest and latest.sha256 == digest:
        return latest
    number = latest.number if latest else 0
    if after is not None and after != number:
        raise RuleBroken("在您核对变化之后，又有新版方案施行；请重新核对变化。")
    begins = rules.first_day(begins, latest=latest.begins, today=clock.today()) if latest else begins
    begins = begins or scheme.cluster.starts
    effective = latest is None or begins <= clock.today()
    load(cluster, scheme, begins, effective=effective)
    return Version.objects.create(
        cluster=cluster, number=number + 1, text=text, sha256=digest, begins=begins, applied_at=clock.now(),
        is_effective=effective,
    )  # fmt: skip


def _locked_latest(cluster: Cluster) -> Version | None:
    """The latest version; its cluster stays locked until this action is done, so that versions queue."""
    if cluster.pk is None:
        return None
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    return cluster.versions.order_by("number").last()


@action("方案到期施行", by=[platform])
def take_effect(actor: Actor, version: Version) -> Version:
    """Bring names, powers and duties up to date on the first day of a version that was loaded ahead."""
    if not version.is_effective:
        load(version.cluster, in_force(version.cluster, version.begins), version.begins, effective=True)
        version.is_effective = True
        version.save(update_fields=["is_effective"])
    return version
