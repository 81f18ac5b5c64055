"""A child process whose system calls on some folders are watched from outside: each may fail, or kill it.

The kernel stops the child at each watched call and asks this process what to do (seccomp's user notification,
Linux 5.5). Nothing in the child is patched: Python, pyarrow and the C library meet the error as they would on
a broken disk.
"""

from __future__ import annotations

import array
import ctypes
import errno
import fcntl
import os
import platform
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple, NoReturn, TypeAlias

Kind: TypeAlias = Literal["path", "at", "handle", "two", "two_at", "address", "link_at"]
"""Where a call names what it works on: a path; a folder and a path; an open file; two paths; a socket's."""

_CALLS: Final[dict[str, tuple[int | None, int | None, Kind, bool]]] = {
    "open": (2, None, "path", True),
    "openat": (257, 56, "at", True),
    "read": (0, 63, "handle", False),
    "pread64": (17, 67, "handle", False),
    "preadv": (295, 69, "handle", False),
    "write": (1, 64, "handle", True),
    "pwrite64": (18, 68, "handle", True),
    "ftruncate": (77, 46, "handle", True),
    "fsync": (74, 82, "handle", True),
    "fdatasync": (75, 83, "handle", True),
    "flock": (73, 32, "handle", True),
    "fchmod": (91, 52, "handle", True),
    "chmod": (90, None, "path", True),
    "fchmodat": (268, 53, "at", True),
    "rename": (82, None, "two", True),
    "renameat": (264, 38, "two_at", True),
    "renameat2": (316, 276, "two_at", True),
    "link": (86, None, "two", True),
    "linkat": (265, 37, "two_at", True),
    "unlink": (87, None, "path", True),
    "unlinkat": (263, 35, "at", True),
    "rmdir": (84, None, "path", True),
    "mkdir": (83, None, "path", True),
    "mkdirat": (258, 34, "at", True),
    "utimensat": (280, 88, "at", True),
    "stat": (4, None, "path", False),
    "lstat": (6, None, "path", False),
    "fstat": (5, 80, "handle", False),
    "newfstatat": (262, 79, "at", False),
    "statx": (332, 291, "at", False),
    "getdents64": (217, 61, "handle", False),
    "bind": (49, 200, "address", True),
}
"""By name: the number on x86_64 and on aarch64, where its file is named, and whether it writes."""
_MACHINE: Final = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}.get(platform.machine())
_NOTIFY, _ALLOW = 0x7FC00000, 0x7FFF0000
_NO_NEW_PRIVS, _SET_FILTER, _NEW_LISTENER = 38, 1, 8
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_CONTINUE = 1
_AT_FDCWD = -100
_LONGEST_PATH = 4096


class Call(NamedTuple):
    """A watched system call."""

    name: str
    file: str
    writes: bool


Decision: TypeAlias = int | Literal["kill"] | None
"""An errno the call fails with, the child's end before it, or None: the call is made."""
Decide: TypeAlias = Callable[[Call], Decision]


@dataclass
class Ended:
    """How the child ended, and what it did."""

    code: int | None = None
    """Its exit code; None when it was killed."""
    hung: bool = False
    output: str = ""
    complaint: str = ""
    calls: list[Call] = field(default_factory=list)
    """The watched calls in order, those that failed among them."""


def available() -> bool:
    """Tell whether this machine can watch a child."""
    if _MACHINE is None or not hasattr(os, "pidfd_open"):
        return False
    return run(lambda: 0, lambda _: None, [Path("/nowhere")], seconds=20).code == 0


def run(work: Callable[[], int], decide: Decide, folders: list[Path], *, seconds: float = 180.0) -> Ended:
    """Do the work in a child and return how it ended; ``decide`` is asked about each call on the folders.

    What the work writes to its standard output and error is in the result.
    """
    ours, theirs = socket.socketpair()
    out, err = os.memfd_create("out"), os.memfd_create("err")
    process = os.fork()
    if not process:
        ours.close()
        _child(work, theirs, out, err)
    theirs.close()
    ended = Ended()
    try:
        with suppress(OSError, EOFError):  # a child that ended before it could be watched
            _watch(_listener(ours), process, decide, [os.fsdecode(os.path.realpath(one)) for one in folders],
                   ended, time.monotonic() + seconds)  # fmt: skip
    finally:
        ours.close()
        if ended.hung:
            os.kill(process, signal.SIGKILL)
        status = os.waitpid(process, 0)[1]
        ended.code = os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None
        ended.output, ended.complaint = (_all(handle) for handle in (out, err))
    return ended


def _all(handle: int) -> str:
    with os.fdopen(handle, "rb") as file:
        file.seek(0)
        return file.read().decode("utf-8", "replace")


def _child(work: Callable[[], int], parent: socket.socket, out: int, err: int) -> NoReturn:
    code = 97
    try:
        os.setsid()
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        listener = _filtered()
        socket.send_fds(parent, [b"x"], [listener])
        os.close(listener)
        parent.close()
        code = work()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:  # noqa: BLE001 - the child ends here, whatever it was
        import traceback

        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def _numbers() -> dict[int, str]:
    assert _MACHINE is not None
    numbers = ((name, row[1] if _MACHINE[0] else row[0]) for name, row in _CALLS.items())
    return {number: name for name, number in numbers if number is not None}


def _filtered() -> int:
    """Put the filter over this process; return where its calls are told."""
    assert _MACHINE is not None
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    load, equals, give = 0x20, 0x15, 0x06
    numbers = sorted(_numbers())
    lines = [(load, 0, 0, 4), (equals, 1, 0, _MACHINE[1]), (give, 0, 0, _ALLOW), (load, 0, 0, 0)]
    lines += [(equals, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    lines += [(give, 0, 0, _ALLOW), (give, 0, 0, _NOTIFY)]
    filters = (_Instruction * len(lines))(*(_Instruction(*line) for line in lines))
    program = _Program(len(lines), filters)
    listener: int = system.syscall(_MACHINE[2], _SET_FILTER, _NEW_LISTENER, ctypes.byref(program))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return listener


def _listener(line: socket.socket) -> int:
    line.settimeout(10)
    _, handles, _, _ = socket.recv_fds(line, 1, 1)
    if not handles:
        raise EOFError
    return handles[0]


def _watch(
    listener: int, process: int, decide: Decide, folders: list[str], ended: Ended, until: float
) -> None:
    names, killed = _numbers(), False
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    try:
        while True:
            ready = poll.poll(200)
            if ready and ready[0][1] & select.POLLHUP and not ready[0][1] & select.POLLIN:
                return
            if time.monotonic() > until:
                ended.hung = not killed
                return
            if not ready:
                continue
            asked = bytearray(80)
            try:
                fcntl.ioctl(listener, _RECEIVE, asked)
            except OSError as error:
                if error.errno in (errno.ENOENT, errno.EINTR):  # it was killed meanwhile
                    continue
                raise
            number, thread = struct.unpack_from("QI", asked)
            (name,) = struct.unpack_from("i", asked, 16)
            arguments = struct.unpack_from("6Q", asked, 32)
            call = _call(names[name], thread, arguments, folders)
            decision = None
            if call is not None and not killed:
                ended.calls.append(call)
                decision = decide(call)
            if decision == "kill":
                os.kill(process, signal.SIGKILL)
                killed = True
                continue
            answer = struct.pack("QqiI", number, 0, *((0, _CONTINUE) if decision is None else (-decision, 0)))
            with suppress(OSError):
                fcntl.ioctl(listener, _SEND, array.array("b", answer))
    finally:
        os.close(listener)


def _call(name: str, thread: int, words: tuple[int, ...], folders: list[str]) -> Call | None:
    """Return the call when it is about something in the folders."""
    _, _, kind, writes = _CALLS[name]
    with suppress(OSError):
        for file in _files(kind, thread, words):
            if any(file == folder or file.startswith(f"{folder}/") for folder in folders):
                changes = writes and not (name in ("open", "openat") and _only_reads(name, words))
                return Call(name, file, changes)
    return None


def _only_reads(name: str, words: tuple[int, ...]) -> bool:
    flags = words[1] if name == "open" else words[2]
    return not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)


def _files(kind: Kind, thread: int, words: tuple[int, ...]) -> list[str]:
    if kind == "path":
        return [_path(thread, _AT_FDCWD, words[0])]
    if kind == "at":
        return [_path(thread, words[0], words[1])]
    if kind == "handle":
        return [_link(f"/proc/{thread}/fd/{words[0] & 0xFFFFFFFF}")]
    if kind == "two":
        return [_path(thread, _AT_FDCWD, words[0]), _path(thread, _AT_FDCWD, words[1])]
    if kind == "two_at":
        return [_path(thread, words[0], words[1]), _path(thread, words[2], words[3])]
    return [_text(thread, words[1] + 2)]


def _path(thread: int, folder: int, address: int) -> str:
    text = _text(thread, address)
    if text.startswith("/"):
        return text
    number = folder & 0xFFFFFFFF
    base = _link(f"/proc/{thread}/cwd" if number == _AT_FDCWD & 0xFFFFFFFF else f"/proc/{thread}/fd/{number}")
    return f"{base}/{text}" if text else base


def _link(path: str) -> str:
    return str(Path(path).readlink())


def _text(thread: int, address: int) -> str:
    if not address:
        return ""
    handle = os.open(f"/proc/{thread}/mem", os.O_RDONLY)
    try:
        held = b""
        while b"\0" not in held and len(held) < _LONGEST_PATH:
            room = 4096 - (address + len(held)) % 4096  # never over the end of a page
            held += os.pread(handle, room, address + len(held))
        return os.fsdecode(held.partition(b"\0")[0])
    finally:
        os.close(handle)
