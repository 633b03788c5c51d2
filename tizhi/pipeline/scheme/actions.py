"""工作方案的办理: a scheme is put in force as a whole, or not at all; an office founds and names its project groups."""

from __future__ import annotations

import hashlib
from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken

from . import declared, rules
from .bodies import found_body
from .edges import ONE_DAY
from .loading import load
from .models import Body, Cluster, Version
from .queries import forget_versions, groups_of, in_force, standing_beside
from .standing import forget_standing
from .who import administrator, pair_office_of_unit, platform, secretariat


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
    # Locked until this action is done, so that versions queue; one founded meanwhile is the one meant.
    cluster = Cluster.objects.select_for_update().filter(key=cluster.key).first() or cluster
    latest = cluster.versions.order_by("number").last() if cluster.pk else None
    digest = hashlib.sha256(text.encode()).hexdigest()
    if latest and latest.sha256 == digest:
        return latest
    number = latest.number if latest else 0
    if after is not None and after != number:
        raise RuleBroken("在你核对变化之后，又有新版方案施行；请重新核对变化。")
    begins = rules.first_day(begins, latest=latest.begins, today=clock.today()) if latest else begins
    begins = begins or scheme.cluster.starts
    effective = latest is None or begins <= clock.today()
    load(cluster, scheme, begins, effective=effective)
    forget_versions(cluster)
    forget_standing(cluster)
    return Version.objects.create(
        cluster=cluster, number=number + 1, text=text, sha256=digest, begins=begins, applied_at=clock.now(),
        is_effective=effective,
    )  # fmt: skip


@action("方案到期施行", by=[platform])
def take_effect(actor: Actor, version: Version) -> Version:
    """Bring names, powers and duties up to date on the first day of a version that was loaded ahead."""
    if not version.is_effective:
        load(version.cluster, in_force(version.cluster, version.begins), version.begins, effective=True)
        version.is_effective = True
        version.save(update_fields=["is_effective"])
        forget_standing(version.cluster)
    return version


@action("命名机构", by=[pair_office_of_unit, secretariat], when=rules.no_group)
def rename_body(actor: Actor, body: Body, *, name: str) -> Body:
    """Give a project group a name of its own; loading a scheme again leaves it so.

    Raises RuleBroken when another body of the cluster bears the name.
    """
    body.name, body.is_own = _free_name(body, name), True
    body.save(update_fields=["name", "is_own"])
    forget_standing(body.cluster_id)
    return body


@action("组建项目组", by=[pair_office_of_unit, secretariat], when=rules.ended)
def found_group(actor: Actor, office: Body, *, declared: str, name: str) -> Body:
    """Found one more body that the scheme puts in each such office, from today on [四(一)].

    Raises RuleBroken when the scheme has no such body there, or the name is taken.
    """
    entry = next((one for one in groups_of(office) if one.id == declared), None)
    if entry is None:
        raise RuleBroken(f"方案没有在{office}之下设此类机构；请刷新页面后重试。")
    scheme = in_force(office.cluster_id, clock.today())
    founded = found_body(office, entry, scheme, _free_name(office, name), clock.today())
    forget_standing(office.cluster_id)
    return founded


@action("撤销项目组", by=[pair_office_of_unit, secretariat], when=rules.no_group)
def close_group(actor: Actor, body: Body) -> Body:
    """End a project group as of yesterday; its seats and the rights of their holders end with it.

    Raises RuleBroken when fewer would be left than the scheme asks for.
    """
    least = next(
        (one.at_least for one in in_force(body.cluster_id, clock.today()).bodies if one.id == body.declared), 0
    )
    others = standing_beside(body).filter(declared=body.declared, unit=body.unit_id).count()
    if others < least:
        raise RuleBroken(f"方案要求不少于{least}个；请先组建新的，再撤销这一个。")
    body.ends, body.is_own = clock.today() - ONE_DAY, True
    body.save(update_fields=["ends", "is_own"])
    body.seats.on(clock.today()).update(ends=body.ends)
    forget_standing(body.cluster_id)
    return body


def _free_name(body: Body, name: str) -> str:
    name = name.strip()
    if fault := rules.name_fault(name, [one.name for one in standing_beside(body)]):
        raise RuleBroken(fault, {"name": fault})
    return name
