"""Time and memory of ``lenaudit capture`` on many frames: ``python benchmarks/capture_memory.py 1000000``."""

from __future__ import annotations

import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LENGTHS = (20, 30, 33, 40, 60, 90, 120, 200, 300)
MINIMUM = 34
ADDRESSES = bytes.fromhex("020000000002020000000001")


def records(number: int, minimum: int) -> Iterator[bytes]:
    """Frames of different content as pcap records, without those that are shorter than ``minimum``."""
    lengths = random.Random(1)
    for i in range(number):
        length = lengths.choice(LENGTHS)
        if length >= minimum:
            frame = ADDRESSES + struct.pack("!HI", 0x88B5, i) + bytes(length - 18)
            yield struct.pack("<IIII", i // 1000, i % 1000, length, length) + frame


def write(path: Path, number: int, minimum: int) -> None:
    """A capture of what is left of so many frames."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        file.writelines(records(number, minimum))


def main(number: int) -> None:
    """Print how long it took, and the most memory that the process held."""
    with tempfile.TemporaryDirectory() as folder:
        sent, received = Path(folder, "sent.pcap"), Path(folder, "received.pcap")
        write(sent, number, 0)
        write(received, number, MINIMUM)
        start = time.perf_counter()
        command = [sys.executable, "-m", "auditor", "capture", str(sent), str(received), "-q"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{number} frames sent: {seconds:.1f} s, peak {peak} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
