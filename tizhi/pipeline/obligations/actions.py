"""台账的办理: the ledger is computed; all that is done to it is to urge. Waivers are facts of `filings`."""

from __future__ import annotations

from collections.abc import Collection

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.base.notices.telling import tell
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.who import secretariat

from .queries import lines_of
from .reminders import reminders, urged


@action("催办", by=[secretariat])
def urge(actor: Actor, cluster: Cluster, *, keys: Collection[str]) -> Cluster:
    """Remind the liaison and the office head of these open duties, now; each duty once a day [I3, B4].

    RuleBroken when none of them is open any more, nobody can be told, or everybody was told today already.
    """
    lines = [line for line in lines_of(cluster, keys) if line.waits]
    if not lines:
        raise RuleBroken("所选事项都已办结或免除，不用催办；请刷新页面。" if keys else "请至少勾选一个事项，再催办。")
    stage = urged(clock.today())
    given = reminders(cluster, [(line, stage) for line in lines])
    if not given:
        raise RuleBroken("没有可以通知的人：有关单位没有在任的联系人。请先任命，再催办。")
    if not tell((one.message(cluster), one.recipient) for one in given):
        raise RuleBroken("所选事项今天都已催办过，一天只催办一次；急的请电话联系。")
    return cluster
