"""Run a command in a network of its own that holds the loopback device and nothing else (Linux, as root).

    unshare --net python scripts/loopback.py COMMAND …

Spark's driver and its workers speak over loopback, which starts switched off in a new network namespace.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1  # linux/sockios.h, linux/if.h


def switch_on(device: bytes = b"lo") -> None:
    """Switch a network device on; raises :class:`OSError` where the process may not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", device, 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", device, flags | IFF_UP))


if __name__ == "__main__":
    switch_on()
    os.execvp(sys.argv[1], sys.argv[1:])
