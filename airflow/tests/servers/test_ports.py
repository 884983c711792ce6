"""Which processes listen on a port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from machine import free_ports

from stack.servers import ports


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::ffff:127.0.0.1"])
def test_names_the_process_that_listens(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as server:
        server.bind((address, 0))
        server.listen()
        port = server.getsockname()[1]

        assert ports.is_taken(port)
        assert ports.holders(port) == [os.getpid()]
        assert ports.described([os.getpid()]).startswith(f"process {os.getpid()} ({sys.executable}")
    assert not ports.is_taken(port)
    assert ports.holders(port) == []


def test_a_client_of_the_port_is_no_holder():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        code = f"import socket; s = socket.create_connection(('127.0.0.1', {port})); print(); input()"
        with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
            client.stdout.readline()

            assert ports.holders(port) == [os.getpid()]
            client.communicate(b"\n")


def test_a_free_port_has_no_holder():
    [port] = free_ports(1)

    assert ports.holders(port) == []
    assert ports.described([]) == "a process of another user"
