"""示例环境: an installation with the sample, served; made once per run and thrown away."""

import atexit
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-20"


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a trial with its data in `home`, and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TIZHI_")}
    return {**kept, "TIZHI_TRIAL": "1", "TIZHI_HOME": str(home), "PYTHONUTF8": "1", **more}


def tizhi(home: Path, *words: str) -> str:
    """What a command of the platform prints; raises when it fails."""
    command = [sys.executable, "-m", "tizhi.cli", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(home), check=True, capture_output=True, text=True).stdout


@cache
def home() -> Path:
    """A home with the sample up to a fixed day, removed when the run ends."""
    made = Path(tempfile.mkdtemp(prefix="tizhi-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    tizhi(made, "demo", "--today", TODAY)
    return made


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The sample, served: its address and the process that stands above all others."""
    port = free_port()
    command = [sys.executable, "-m", "tizhi.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(home()), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until_up(address, process=process)
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def until_up(address: str, seconds: float = 300, process: subprocess.Popen | None = None) -> None:
    """Wait until the sign-in page answers; TimeoutError after `seconds`, RuntimeError if `process` ends before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process and process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode} before it served")
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=30).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def signed_in(address: str, username: str) -> urllib.request.OpenerDirector:
    """A browser of `username`, let in by a one-time link."""
    link = tizhi(home(), "signin-link", username).strip()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.addheaders = [("Accept-Encoding", "gzip")]
    page = f"{address}/{link.split('/', 3)[3]}"
    with opener.open(page) as answer:
        text = text_of(answer.read())
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    if token:
        opener.open(page, data=f"csrfmiddlewaretoken={token.group(1)}".encode()).close()
    return opener


def text_of(content: bytes) -> str:
    """The text of an answer, compressed or not."""
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()
