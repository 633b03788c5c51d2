"""办理: the `@action` decorator, the only door through which rows change."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from auditlog.cid import correlation_id
from django.db import IntegrityError, models, transaction
from django.db.models import F

from tizhi.base.audit.models import Countersign, Entry
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.kit.rows import Versioned

from . import record

Predicate = Callable[[Actor, Any], bool]

ACTIONS: dict[str, Action] = {}
_parts: ContextVar[list[dict[str, str]] | None] = ContextVar("parts", default=None)


@dataclass(eq=False)
class Action:
    """A named write. Call it as `do(actor, target, version=…, once=…, note=…, **given)`; it returns what was written.

    `by` are the predicates of whom it is open to; `when(target)` returns a sentence why the target's state forbids it,
    or nothing. With `proxy`, a secretary may do it for a principal who may; the entry then says 代录 and waits for
    the principal's confirmation [B7]. With `creates`, the target is what the new row belongs to and is not locked.

    Raises Denied, RuleBroken, Stale. `once` makes a repeated request return what the first one wrote.
    """

    code: str
    label: str
    by: tuple[Predicate, ...]
    do: Callable[..., Any] = field(repr=False)
    when: Callable[[Any], str | None] | None = None
    proxy: bool = False
    creates: bool = False

    def allowed(self, actor: Actor, target: Any) -> bool:
        """Whether `actor`, or a principal it may act for, has the right to do this to `target`."""
        return self._holder(actor, target) is not None

    def open_to(self, actor: Actor, target: Any) -> bool:
        """Whether the right is there and the target's state permits it: shows or hides the button."""
        return self.allowed(actor, target) and not self.why_not(target)

    def require(self, actor: Actor, target: Any) -> None:
        """Denied or RuleBroken unless this is open to `actor`: for the page that asks before the act is done."""
        if not self.allowed(actor, target):
            raise Denied(self.label)
        self._require_state(target)

    def why_not(self, target: Any) -> str | None:
        """Why the target's state forbids this, in a sentence; None when it does not."""
        return self.when(target) if self.when else None

    def _holder(self, actor: Actor, target: Any) -> Actor | None:
        holders: Iterable[Actor] = (actor, *actor.principals) if self.proxy else (actor,)
        return next((one for one in holders if any(test(one, target) for test in self.by)), None)

    def __call__(
        self,
        actor: Actor,
        target: Any,
        *,
        version: int | None = None,
        once: uuid.UUID | str | None = None,
        note: str = "",
        **given: Any,
    ) -> Any:
        parts = _parts.get()
        if parts is not None:
            parts.append({"code": self.code, "label": self.label, "target": str(target)})
            fresh = self._fresh(target)
            self._require_state(fresh)
            return self._write(actor, fresh, note, given)
        token = uuid.UUID(str(once)) if once else None
        try:
            with transaction.atomic():
                return self._run(actor, target, version, token, note, given)
        except IntegrityError:
            # The same request ran beside this one and came first: its result is this one's.
            if earlier := self._earlier(token):
                return earlier.target
            raise

    def _run(
        self, actor: Actor, target: Any, version: int | None, once: uuid.UUID | None, note: str, given: dict[str, Any]
    ) -> Any:
        fresh = self._fresh(target)
        if earlier := self._earlier(once):
            return earlier.target
        holder = self._holder(actor, fresh)
        if holder is None:
            raise Denied(self.label)
        if version is not None and isinstance(fresh, Versioned) and fresh.version != version:
            raise Stale(fresh)
        self._require_state(fresh)
        entry = Entry(uid=uuid.uuid4(), once=once, at=clock.now(), code=self.code, label=self.label, note=note)
        parts_token, cid_token = _parts.set(entry.parts), correlation_id.set(str(entry.uid))
        try:
            result = self._write(holder, fresh, note, given)
        finally:
            _parts.reset(parts_token)
            correlation_id.reset(cid_token)
        record.write(entry, actor, holder, result)
        if holder is not actor:
            Countersign.objects.create(entry=entry)
        return result

    def _earlier(self, once: uuid.UUID | None) -> Entry | None:
        return Entry.objects.filter(once=once, code=self.code).first() if once else None

    def _require_state(self, target: Any) -> None:
        if reason := self.why_not(target):
            raise RuleBroken(reason)

    def _write(self, actor: Actor, fresh: Any, note: str, given: dict[str, Any]) -> Any:
        takes_note = {"note": note} if "note" in self.do.__code__.co_varnames[: self._arity] else {}
        result = self.do(actor, fresh, **takes_note, **given) or fresh
        if isinstance(fresh, Versioned) and fresh.pk:
            type(fresh)._base_manager.filter(pk=fresh.pk).update(version=F("version") + 1)
            fresh.version += 1
        return result

    @functools.cached_property
    def _arity(self) -> int:
        return self.do.__code__.co_argcount + self.do.__code__.co_kwonlyargcount

    def _fresh(self, target: Any) -> Any:
        if self.creates or not isinstance(target, models.Model):
            return target
        return type(target)._base_manager.select_for_update().get(pk=target.pk)


def action(
    label: str,
    *,
    by: Sequence[Predicate],
    when: Callable[[Any], str | None] | None = None,
    proxy: bool = False,
    creates: bool = False,
) -> Callable[[Callable[..., Any]], Action]:
    """Make `do(actor, target, …)` a write open to whoever passes one predicate of `by` (see `Action`)."""

    def wrap(do: Callable[..., Any]) -> Action:
        code = f"{do.__module__.split('.')[-2]}.{do.__name__}"
        made = Action(code, label, tuple(by), do, when, proxy, creates)
        functools.update_wrapper(made, do, updated=())
        ACTIONS[code] = made
        return made

    return wrap
