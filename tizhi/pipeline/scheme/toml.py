"""TOML文本: reading the text of a scheme, whatever it comes as; what is no TOML is told in Chinese, with its line."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_MOST = 200_000
_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_DEEPEST = 20
# Reading a key costs time and memory by the square of its parts.
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")

# Python's words for what is no TOML → ours; the first that fits.
_SENTENCES = (
    ("Invalid statement", "这一行不是“项 = 值”，也不是表头；请检查是否漏写引号、等号或注释号“#”。"),
    ("Expected '=' after a key", "项名后缺少等号；应写作“项 = 值”。"),
    ("Expected newline or end of document", "一行只能写一项；请把多出的内容移到下一行，或在注释前加“#”。"),
    ("Cannot overwrite a value", "此项或此表前面已经写过；请删去重复的一处。"),
    ("Duplicate inline table key", "花括号内有一项写了两次；请删去重复的一处。"),
    ("Cannot declare", "此表前面已经写过；若要写多个同类条目，请用双方括号，如“[[unit]]”。"),
    ("Cannot mutate immutable namespace", "此表前面已经写定，不能再添加；请合并到一处。"),
    ("Cannot redefine namespace", "此表前面已经写过；请合并到一处。"),
    ("at the end of a table declaration", "表头缺少右方括号“]”。"),
    ("at the end of an array declaration", "表头缺少右方括号“]]”。"),
    ("Invalid initial character", "项名写法不对；只用小写字母、数字、连字符和下划线，花括号内末尾不留逗号。"),
    ("Unclosed array", "数组没有写完；请检查逗号和右方括号“]”。"),
    ("Unclosed inline table", "花括号没有写完；请检查逗号和右花括号“}”，花括号须写在一行内。"),
    ("Unescaped '\\' in a string", "文字中的反斜杠“\\”须写成“\\\\”。"),
    ("Unterminated string", "文字没有写完；请补上右边的引号。"),
    ("Expected \"'''\"", "文字没有写完；请补上右边的三个引号。"),
    ('Expected "\'"', "文字没有写完；请补上右边的引号。"),
    ("Invalid hex value", "“\\u”之后应有4位十六进制数；文字中的反斜杠“\\”须写成“\\\\”。"),
    ("not a Unicode scalar value", "“\\u”之后的数不是字符；请改正。"),
    ("Illegal character", "文字中有不能出现的字符，或缺少右边的引号；请检查这一行。"),
    ("Found invalid character", "有不能出现的字符；请删去。"),
    ("Invalid date or datetime", "没有这一天；请核对日期。"),
    ("Invalid value", "值的写法不对；文字须加英文双引号，日期写作 2022-04-01，成立写作 true。"),
)
_OTHER = "写法不合TOML的规定；请检查这一行的引号、括号和逗号。"


class NotToml(ValueError):
    """The text is no TOML: the line where reading stopped, and a sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


def load(text: str | bytes) -> dict[str, Any]:
    """The tables of a text; a byte order mark and Windows' line ends do not matter.

    Raises NotToml, and nothing else, for anything that is none.
    """
    text = _decoded(text)
    if len(text) > _MOST:
        raise NotToml(1, f"文本超过{_MOST // 10_000}万字，不像是一份方案；请核对文件。")
    if not text.strip():
        raise NotToml(1, "文本是空的；请写入方案。")
    if long := _LONG_KEY.search(text):
        raise NotToml(_line_of(text, long), "项名的层次过多；请减少层次。")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise NotToml(_too_deep(text), "括号层层相套，无法读取；请减少层次。") from None
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        raise _translated(error, text) from None


def _decoded(text: str | bytes) -> str:
    """The text without its byte order mark; as UTF-8 it must be writable, too."""
    try:
        text = text.decode() if isinstance(text, bytes) else text
        text.encode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise NotToml(line, "不是UTF-8编码的文本；请在编辑器中另存为UTF-8编码。") from None
    except UnicodeEncodeError as error:
        line = error.object.count("\n", 0, error.start) + 1
        raise NotToml(line, "有无法写成UTF-8编码的字符；请删去。") from None
    return text.removeprefix("\ufeff")


def _translated(error: ValueError, text: str) -> NotToml:
    """Python's English complaint in Chinese."""
    said = str(error)
    if not isinstance(error, tomllib.TOMLDecodeError):
        return NotToml(_longest_number(text), "数字过长；请核对。")
    place = _LINE.search(said)
    line = int(place[1]) if place else len(text.splitlines())
    return NotToml(line, next((ours for theirs, ours in _SENTENCES if theirs in said), _OTHER))


def _longest_number(text: str) -> int:
    """The line of the longest run of digits."""
    return _line_of(text, max(re.finditer(r"[0-9_]+", text), key=lambda run: len(run[0])))


def _line_of(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _too_deep(text: str) -> int:
    """The line where brackets first nest deeper than any scheme needs; those in texts count, too."""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        depth += sum(line.count(bracket) for bracket in "[{") - sum(line.count(bracket) for bracket in "]}")
        if depth > _DEEPEST:
            return number
    return 1
