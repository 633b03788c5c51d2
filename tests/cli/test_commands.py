"""The commands of an administrator."""

import json
import re
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2] / "tizhi" / "schemes" / "bnu-2022.toml"


def test_an_installation_from_nothing(tizhi):
    """Administrator, scheme, sign-in link, check: one after the other on one empty home."""
    code, said, _ = tizhi("admin", "create", "--username", "Root", "--name", "管理员")
    assert code == 0 and re.search(r"http://127\.0\.0\.1:8000/\S+", said)
    code, _, complained = tizhi("admin", "create", "--username", "root", "--name", "另一人")
    assert code == 1 and "已有人使用" in complained

    code, said, complained = tizhi("scheme", "apply", REAL, answer="否\n")
    assert code == 1 and "北京师范大学" in said and "台账：新增" in said and "没有施行" in complained
    code, said, _ = tizhi("scheme", "apply", REAL, "--yes")
    assert code == 0 and "已施行：" in said
    code, said, _ = tizhi("scheme", "apply", REAL, "--yes")
    assert code == 0 and "相同" in said

    code, first, _ = tizhi("signin-link", "root")
    assert code == 0 and first != tizhi("signin-link", "root")[1]
    code, _, complained = tizhi("signin-link", "nobody")
    assert code == 1 and "没有用户名为nobody的在用账号" in complained

    code, said, _ = tizhi("check")
    assert code == 0 and "处问题" not in said, said


def test_a_scheme_is_checked_with_all_its_faults(migrated, tmp_path):
    assert migrated("scheme", "check", REAL)[:2] == (0, "没有发现问题。\n")

    broken = tmp_path / "broken.toml"
    broken.write_text(
        REAL.read_text(encoding="utf-8").replace('roles = ["lead"', 'roles = ["leed"', 1), encoding="utf-8"
    )
    code, said, _ = migrated("scheme", "check", broken)
    assert code == 1 and "处错误" in said and ".roles" in said
    code, listed, _ = migrated("scheme", "check", broken, "--json")
    faults = json.loads(listed)
    assert code == 1 and faults and set(faults[0]) == {"entry", "fault", "warning"}

    code, said, complained = migrated("scheme", "apply", broken, "--yes")
    assert code == 1 and "Traceback" not in complained

    code, _, complained = migrated("scheme", "check", tmp_path / "none.toml")
    assert code == 1 and "不能读取文件" in complained


def test_check_finds_what_was_lost(migrated):
    stray = migrated.home / "files" / "ab" / "stray"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"left by a crash")
    code, said, _ = migrated("check")
    assert code == 1 and "没有登记" in said


def test_the_home_is_nobody_elses_business(tizhi):
    tizhi("check")
    assert tizhi.home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", [["--help"], ["scheme", "check", "--help"], ["report", "compile", "--help"]])
def test_help_is_in_plain_chinese(tizhi, words):
    code, said, _ = tizhi(*words)
    assert code == 0 and re.search("[一-鿿]", said)
