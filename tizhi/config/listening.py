"""监听: the address the web server answers on, or a sentence why it cannot."""

import errno
import socket


class CannotListen(Exception):
    """The address is taken or not ours to take; the text says what to do."""


def listen(address: str, port: int) -> socket.socket:
    """The socket the web server will accept on; CannotListen if it cannot be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=512)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            other = f"tizhi serve --port {port + 1}" if port < 65535 else "tizhi serve --port 8000"
            raise CannotListen(f"端口{port}已被其他程序占用。请先停止它，或换一个端口：{other}") from None
        if fault.errno == errno.EACCES:
            raise CannotListen(f"没有权限使用端口{port}。请换用1024以上的端口，如 --port 8000。") from None
        raise CannotListen(f"不能监听{address}：{port}（{fault.strerror}）。请检查 --host 和 --port。") from None
