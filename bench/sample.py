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
    """A home with the sample up to a fixed day, so that figures compare; removed when the run ends."""
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
    log = home() / "serve.log"
    with log.open("w") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(home()), stdout=told, stderr=told)
    address = f"http://127.0.0.1:{port}"
    try:
        until_up(address, process, log)
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def until_up(address: str, process: subprocess.Popen, log: Path, seconds: float = 300) -> None:
    """Wait until the sign-in page answers; RuntimeError, with what `process` said, if it ends or takes too long."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=30).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} did not come up\n{log.read_text()[-2000:]}")


def sign_in_path(username: str) -> str:
    """The path of a one-time link for `username`."""
    return "/" + tizhi(home(), "signin-link", username).strip().split("/", 3)[3]


def signed_in(address: str, username: str) -> urllib.request.OpenerDirector:
    """A browser of `username`, let in by a one-time link."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.addheaders = [("Accept-Encoding", "gzip")]
    page = address + sign_in_path(username)
    with opener.open(page) as answer:
        text = text_of(answer.read())
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    if token:
        opener.open(page, data=f"csrfmiddlewaretoken={token.group(1)}".encode()).close()
    return opener


def text_of(content: bytes) -> str:
    """The text of an answer, compressed or not."""
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()
