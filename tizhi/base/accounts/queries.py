"""账号的查询: accounts by what can be done with them."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from .lockout import held_back
from .models import User

# What a list of accounts is narrowed by.
STATES = {
    "active": "已启用",
    "invited": "尚未启用",
    "locked": "登录暂停",
    "shut": "已停用",
    "administrator": "系统管理员",
}


def in_state(accounts: QuerySet[User], state: str) -> QuerySet[User]:
    """Those of `accounts` in one of STATES; KeyError for another."""
    never_entered = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    tests = {
        "active": Q(is_active=True) & ~never_entered,
        "invited": Q(is_active=True) & never_entered,
        "locked": Q(username__in=held_back() if state == "locked" else []),
        "shut": Q(is_active=False),
        "administrator": Q(is_administrator=True),
    }
    return accounts.filter(tests[state])
