"""压缩包: what office files are packed in, and how a damaged one shows."""

import struct
import zlib
from zipfile import BadZipFile

# What a damaged, locked or strangely packed archive makes of Python's zipfile.
DAMAGED = (
    BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
