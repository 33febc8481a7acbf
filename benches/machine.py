"""Processes and what they use: every server started here ends with the block that started it."""

import contextlib
import json
import os
import pathlib
import platform
import signal
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


class Bench:
    """Where things are, and the results of all sections."""

    def __init__(self, moisson: str, size: int):
        self.size = size
        self.moisson = str((ROOT / moisson).resolve())
        self.folder = ROOT / "target" / "bench"
        self.store = self.folder / f"store-{size}"
        self.results = self.folder / "results"
        self.results.mkdir(parents=True, exist_ok=True)
        # Now, and not when a section ends: somebody may commit meanwhile.
        self.surroundings = surroundings()

    def peer(self, name: str, venv: str = "venv") -> str:
        return str(self.folder / venv / "bin" / name)

    def keep(self, section: str, result: dict) -> None:
        result |= {"section": section, "size": self.size, **self.surroundings}
        text = json.dumps(result, indent=1, ensure_ascii=False)
        (self.results / f"{section}.json").write_text(text + "\n")

    def kept(self, section: str) -> dict | None:
        path = self.results / f"{section}.json"
        return json.loads(path.read_text()) if path.exists() else None


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def surroundings() -> dict:
    """What a number means nothing without."""
    cpu = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    changed = output("git", "status", "--porcelain", "--untracked-files=no", "--", "src", "Cargo.lock")
    return {
        "commit": output("git", "rev-parse", "--short=12", "HEAD") + (" and uncommitted changes" if changed else ""),
        "measured": time.strftime("%Y-%m-%d", time.gmtime()),
        "kernel": platform.release(),
        "cpu": f"{cpu[0] if cpu else platform.machine()}, {os.cpu_count()} cores",
        "memory_gib": round(memory / 2**30, 1),
    }


def busy() -> float:
    """Seconds of all cores that were not idle since boot."""
    fields = [int(field) for field in open("/proc/stat").readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def used(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> dict:
    """Resident memory of a process and its highest, in MB."""
    found = {}
    for line in open(f"/proc/{pid}/status"):
        if line.startswith(("VmRSS:", "VmHWM:")):
            name, value = line.split(":")
            found[name] = round(int(value.split()[0]) / 1024)
    return found


def timed(command: list[str], beside: int | None = None, accepted: tuple = (0,), **options) -> dict:
    """Runs a command to its end: wall and processor seconds, highest memory, and what the process
    `beside` it and all others used meanwhile. The memory is looked at 50 times a second: what the kernel
    tells at the end (ru_maxrss) counts the memory of this script too, from before the command began."""
    before, other = busy(), used(beside) if beside else 0.0
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, **options)
    try:
        peak, ended = 0, 0
        while not ended:
            peak = max(peak, memory(process.pid).get("VmHWM", 0))
            time.sleep(0.02)
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    except BaseException:
        process.kill()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if process.returncode not in accepted:
        raise SystemExit(f"failed with {process.returncode}: {' '.join(command)}")
    own = usage.ru_utime + usage.ru_stime
    served = used(beside) - other if beside else 0.0
    return {
        "wall": wall,
        "cpu": own,
        "beside_cpu": served,
        "others_cpu": max(0.0, busy() - before - own - served),
        "peak_mb": peak,
    }


@contextlib.contextmanager
def server(command: list[str], ready: str, log: pathlib.Path, **options):
    """A server until the block ends, once `ready` answers."""
    with open(log, "wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True, **options
        )
        try:
            answer(ready, process)
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def answer(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"ended with {process.returncode} before it answered: {process.args}")
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def fetched(url: str, accept: str = "*/*", data: bytes | None = None, content: str = "") -> tuple[bytes, dict]:
    """The answer's body and its headers, to a POST where `data` is given."""
    headers = {"Accept": accept} | ({"Content-Type": content} if content else {})
    request = urllib.request.Request(url, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=600) as response:
        return response.read(), {name.lower(): value for name, value in response.headers.items()}


def disk(path: pathlib.Path) -> int:
    """MB that files take, each hard link once."""
    seen = {}
    for folder, _, names in os.walk(path):
        for name in names:
            status = os.lstat(os.path.join(folder, name))
            seen[status.st_ino] = status.st_blocks * 512
    return round(sum(seen.values()) / 1e6)
