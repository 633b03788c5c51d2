"""个人信息: numbers and addresses as they are shown to those who need not ring or write."""


def masked(text: str) -> str:
    """138****1234, w****@bnu.edu.cn: enough to recognise it by, not to use it."""
    if "@" in text:
        name, _, host = text.partition("@")
        return f"{name[:1]}****@{host}"
    if text in ("", "None"):
        return text
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 10 else "****"
