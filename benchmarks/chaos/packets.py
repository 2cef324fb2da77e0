"""benchmarks.chaos.packets — loses packets on loopback, in a network of the run's own, where the kernel allows it."""

import asyncio
import os
import shutil
import subprocess
import sys

INSIDE = "CHAOS_OWN_NETWORK"
PERCENT = 10
LOSE = f"""
table inet chaos {{
  chain arriving {{
    type filter hook input priority 0; policy accept;
    numgen random mod 100 < {PERCENT} drop
  }}
}}
"""
STOP = "delete table inet chaos\n"
PROBE = "ip link set lo up && nft add table inet probe && nft delete table inet probe"


def enter_own_network() -> None:
    """Start this program again inside a network namespace; go on as it is where that is not permitted."""
    if INSIDE in os.environ or os.geteuid() != 0 or not all(shutil.which(name) for name in ("unshare", "ip", "nft")):
        return
    if subprocess.run(["unshare", "--net", "sh", "-c", PROBE], capture_output=True).returncode:
        return
    inside = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    command = [*inside, sys.executable, "-m", "benchmarks.chaos", *sys.argv[1:]]
    os.execvpe(command[0], command, {**os.environ, INSIDE: "1"})


def can_lose() -> bool:
    """Whether this run has a network of its own, in which it may lose packets."""
    return INSIDE in os.environ


async def lose(seconds: float) -> None:
    """Lose one packet in ten for so long."""
    await asyncio.to_thread(_nft, LOSE)
    try:
        await asyncio.sleep(seconds)
    finally:
        _nft(STOP)


def _nft(script: str) -> None:
    subprocess.run(["nft", "-f", "-"], input=script.encode(), check=True, capture_output=True)
