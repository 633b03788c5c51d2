"""系统管理: the accounts of the installation, and the first member of a cluster's secretariat."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tizhi.base.accounts import links, lockout
from tizhi.base.acts.action import Action
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import actions, queries
from tizhi.pipeline.scheme.queries import cluster_by_key
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import AccountFilter
from .forms import SecretariatForm


def accounts(request: Request) -> HttpResponse:
    """Who may sign in, who is held back, when each was last here."""
    _require_administrator(request)
    chosen = AccountFilter(request.GET, queries.accounts(request.actor))
    page = page_of(request, chosen.qs)
    held = lockout.minutes_left([one.username for one in page])
    given = {
        "filter": chosen,
        "page": page,
        "rows": [(one, held.get(one.username)) for one in page],
        "without_secretariat": queries.clusters_without_secretariat(request.actor),
    }
    return render(request, "accounts/accounts.html", given)


def _require_administrator(request: Request) -> None:
    if not request.actor.is_administrator:
        raise Http404


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Shut an account."""
    return _do(request, pk, actions.close_account, "账号已停用。")


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Let a shut account in again."""
    return _do(request, pk, actions.open_account, "账号已启用。")


@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """Forget the wrong passwords."""
    return _do(request, pk, actions.unlock_account, "已解除锁定。")


def _do(request: Request, pk: int, action: Action, said: str) -> HttpResponse:
    account = get_object_or_404(queries.accounts(request.actor), pk=pk)
    perform(request, action, account)
    messages.success(request, said)
    return redirect("system:accounts")


@never_cache
def secretariat(request: Request, key: str) -> HttpResponse:
    """Seat the first member of a cluster's secretariat and hand over the link that opens the account."""
    _require_administrator(request)
    cluster = cluster_by_key(key)
    if cluster is None:
        raise Http404
    today = clock.today()
    seats, members = queries.seats_of_secretariat(cluster, today), queries.members_of(cluster, today)
    form = SecretariatForm(request.POST or None, seats=seats, members=members)
    if request.method == "POST" and form.is_valid():
        secret = links.new_secret()
        try:
            person = actions.open_secretariat(request.actor, cluster, secret=secret, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            given = {"person": person, "link": links.address(secret), "cluster": cluster}
            return render(request, "accounts/secretariat_link.html", given)
    given = {"form": form, "cluster": cluster}
    return render(request, "accounts/secretariat.html", given, status=form_status(form))
