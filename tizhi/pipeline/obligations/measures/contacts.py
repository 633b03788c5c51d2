"""确认联系人: the unit says in the period that its contacts are as the directory has them [四(三), B3]."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory.contacts import contacts_of_members
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings.models import ContactsConfirmation

from ..finding import Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, in_period, late_words, said


class ContactsMeasure(Measure):
    """Looks whether a unit confirmed its contacts."""

    kind = "contacts"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`."""
        keys = {one.period.key for one in asked.instances if one.period}
        confirmed: dict[tuple[int, str], ContactsConfirmation] = {}
        for row in filings.confirmations(asked.cluster, keys, asked.at):
            confirmed.setdefault((row.unit_id, row.period), row)
        return {
            one.key: _finding(one, confirmed.get((one.who.unit_id, one.period.key)))
            for one in asked.instances
            if one.period and one.who.unit_id
        }

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        contacts = one.scheme.contacts
        posts = "和".join(one.scheme.post(post).name for post in contacts.posts) if contacts else "联系人"
        return f"{one.who}{in_period(one)}应确认{posts}名单"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return f"已由{found.note}" if found.note else "尚未确认"

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        return ["各联系人职务都有人任职，且登记了手机或邮箱", "由本单位在本期内确认一次"]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`."""
        contacts = contacts_of_members(asked.cluster.pk, asked.day).get(one.who.unit_id or 0, [])
        return [
            Record(
                None, f"{contact.post}：{contact.name or '空缺'}",
                "directory:person" if contact.person_id else "directory:unit",
                (contact.person_id or one.who.unit_id,),
                "" if contact.is_reachable else "空缺" if not contact.person_id else "没有登记手机或邮箱",
            )
            for contact in contacts
        ]  # fmt: skip

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("确认联系人", "filings:contacts", (one.who.unit_id,), power="people-unit")


def _finding(one: Instance, row: ContactsConfirmation | None) -> Finding:
    if row is None:
        return Finding()
    on = timezone.localtime(row.at).date()
    late = late_words(on, one)
    return Finding(done=1, on=on, note=f"{row.words}{said(on)}确认" + (f"，{late}" if late else ""))
