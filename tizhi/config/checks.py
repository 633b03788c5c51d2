"""启动检查: what keeps a production start from serving, in sentences that say what to set."""

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 32


def refusals() -> list[str]:
    """Why this installation may not serve; empty when it may. A trial (TIZHI_TRIAL=1) may always."""
    if settings.TRIAL:
        return []
    found = []
    if settings.DEBUG:
        found.append("调试模式已打开，出错时会泄露内部信息。请去掉环境变量 TIZHI_DEBUG。")
    if settings.SECRET_KEY == settings.INSECURE_KEY:
        found.append("没有设置密钥。请把环境变量 TIZHI_SECRET_KEY 设为一串随机字符（不少于50个），并妥善保存。")
    elif len(settings.SECRET_KEY) < SHORTEST_KEY:
        found.append("密钥太短，容易被猜出。请把环境变量 TIZHI_SECRET_KEY 设为不少于50个随机字符。")
    if not [host for host in settings.ALLOWED_HOSTS if host.strip()]:
        found.append("没有设置网站域名。请把环境变量 TIZHI_HOSTS 设为本平台的域名，多个用逗号分开。")
    elif "*" in settings.ALLOWED_HOSTS:
        found.append("网站域名不能是“*”。请把环境变量 TIZHI_HOSTS 设为本平台的域名，多个用逗号分开。")
    return found


def require_fit_to_serve() -> None:
    """ImproperlyConfigured, with all reasons, unless this installation may serve."""
    if found := refusals():
        advice = "只在本机试用时，可设 TIZHI_TRIAL=1 跳过这些要求。"
        raise ImproperlyConfigured("\n".join(["不能正式启动：", *(f"  · {one}" for one in found), advice]))


def trial_beyond_this_machine(address: str) -> str | None:
    """Why a trial may not listen on `address`; None when it may."""
    is_here = address == "localhost" or (_is_ip(address) and ip_address(address).is_loopback)
    if settings.TRIAL and not is_here:
        return "试用（TIZHI_TRIAL=1）只能在本机访问，不能监听其他地址。请按正式使用设置后再启动。"
    return None


def _is_ip(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True
