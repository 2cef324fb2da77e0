"""benchmarks.failover.network — three machines on one: network namespaces where they are permitted, else addresses.

With namespaces everything happens in a network of its own (unshare), joined by a bridge; pulling a node's cable is
taking its link down. Without, the nodes have addresses of the loopback, and a pulled cable is a stopped process.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

INSIDE = "EXAM_FAILOVER_INSIDE"
BRIDGE, GATEWAY = "exam0", "10.77.0.1"


@dataclass(frozen=True)
class Machine:
    """A place for a web node: its address, and what to put before a command to run it there."""

    name: str
    address: str
    prefix: tuple[str, ...] = ()


def step_inside(arguments: list[str]) -> None:
    """Run this program again in a network of its own, if that is permitted here; else go on."""
    if INSIDE in os.environ or os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        return
    apart = ["unshare", "--net", "--mount"]
    trial = "ip link set lo up && ip netns add exam-trial && ip netns exec exam-trial ip link set lo up"
    if subprocess.run([*apart, "sh", "-c", f"{trial} && ip netns del exam-trial"], capture_output=True).returncode:
        return
    command = [*apart, sys.executable, "-m", "benchmarks.failover", *arguments]
    os.execvpe("unshare", command, {**os.environ, INSIDE: "1"})


def is_inside() -> bool:
    """Whether this program has a network of its own."""
    return INSIDE in os.environ


def machines(count: int) -> list[Machine]:
    """Make the machines."""
    if not is_inside():
        return [Machine(f"node{number}", f"127.0.0.{number + 1}") for number in range(1, count + 1)]
    _ip("link set lo up")
    _ip(f"link add {BRIDGE} type bridge")
    _ip(f"addr add {GATEWAY}/24 dev {BRIDGE}")
    _ip(f"link set {BRIDGE} up")
    return [_machine(number) for number in range(1, count + 1)]


def _machine(number: int) -> Machine:
    name, address = f"exam-node{number}", f"10.77.0.{10 + number}"
    _ip(f"netns add {name}")
    _ip(f"link add {_cable(name)} type veth peer name eth0 netns {name}")
    _ip(f"link set {_cable(name)} master {BRIDGE} up")
    _ip(f"-n {name} addr add {address}/24 dev eth0")
    _ip(f"-n {name} link set eth0 up")
    _ip(f"-n {name} link set lo up")
    return Machine(name, address, ("ip", "netns", "exec", name))


def remove(machine: Machine) -> None:
    """Take the machine's namespace away; the network of this program goes with the program."""
    if machine.prefix:
        subprocess.run(["ip", "netns", "del", machine.name], capture_output=True)


def pull_cable(machine: Machine) -> None:
    """Take the machine's link down: no reset, no farewell, only silence."""
    _ip(f"link set {_cable(machine.name)} down")


def plug_in(machine: Machine) -> None:
    """Bring the link up again."""
    _ip(f"link set {_cable(machine.name)} up")


def _cable(name: str) -> str:
    return f"v-{name[-5:]}"


def _ip(arguments: str) -> None:
    subprocess.run(["ip", *arguments.split()], check=True)
