"""密码要求: what Django does not ask for by itself (GB/T 22239, 身份鉴别: 复杂度)."""

from django.core.exceptions import ValidationError

from .models import User


class TwoKinds:
    """A password holds at least two of: letters, figures, signs."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password of one kind of characters."""
        kinds = {"letter" if one.isalpha() else "figure" if one.isdigit() else "sign" for one in password}
        if len(kinds) < 2:
            raise ValidationError(self.get_help_text(), code="password_of_one_kind")

    def get_help_text(self) -> str:
        """What is asked for."""
        return "密码须至少包含字母、数字、符号中的两类。"
