"""示例账号: how to enter the sample, told after it is loaded and at every trial start."""

from __future__ import annotations

from tizhi.base.accounts.models import User
from tizhi.pipeline.directory.actors import appointments_of

from .people import PASSWORD

# One account per kind of user, in the order of their work; what the sample does not have is passed over.
TYPICAL = (
    "ahnu-liaison", "ahnu-vice-president", "ahnu-secretary", "ahnu-office-head", "fynu-liaison", "office-director",
    "bnu-president", "expert-first", "expert-secretary", "ah-edu-department-leader", "moe-ministry-reader", "admin",
)  # fmt: skip


def sign_in_lines(address: str) -> list[str]:
    """Where and as whom to sign in."""
    users = {user.username: user for user in User.objects.filter(username__in=TYPICAL)}
    return [
        f"登录：{address}　所有示例账号的密码都是 {PASSWORD}",
        *(f"  {name:<26}{users[name].name}　{_posts(users[name])}" for name in TYPICAL if name in users),
    ]


def _posts(user: User) -> str:
    if user.is_administrator:
        return "系统管理员"
    return "、".join(f"{held.place}{held.post_name}" for held in appointments_of(user))
