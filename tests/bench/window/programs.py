"""The programs that are set beside one another, how each is started, and what it takes of the memory."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
PLACE = TARGET / "bench" / "window"
MADE = PLACE / "vault as made"
VAULT = PLACE / "vault"
PASSPHRASE = "only for measuring"
RECORDS = 17_000
LONG = "lengthy"
"""A word that stands in the long entry alone."""

OURS = TARGET / "release" / "coachfolio-desktop"
BARE = TARGET / "bench" / "bare" / "release" / "bare"


def prepare():
    """Builds what is measured, and the vault that it opens."""
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run(["make", "--silent", "ui/dist/index.html"], cwd=ROOT, check=True)
    build = ["cargo", "build", "--release", "--quiet"]
    subprocess.run([*build, "-p", "coachfolio-desktop", "-p", "cli"], cwd=ROOT, check=True)
    # The same versions of the same crates as ours.
    shutil.copy(ROOT / "Cargo.lock", HERE / "bare" / "Cargo.lock")
    subprocess.run([*build, "--target-dir", BARE.parents[1]], cwd=HERE / "bare", check=True)
    if not MADE.exists():
        fill()
    # What one run writes does not weigh on the next; a home would remember a vault that was further on.
    for before in (VAULT, *PLACE.glob("home of *")):
        shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(MADE, VAULT)


def fill():
    """A vault of 17,000 records, one of which is an entry of 10,000 words."""
    lines = PLACE / "records.jsonl"
    with open(lines, "w") as file:
        for number in range(RECORDS):
            print(json.dumps(record(number)), file=file)
    cli, half = TARGET / "release" / "coachfolio", PLACE / "half"
    given = {**os.environ, "COACHFOLIO_PASSPHRASE": PASSPHRASE, "COACHFOLIO_NEW_PASSPHRASE": PASSPHRASE}
    shutil.rmtree(half, ignore_errors=True)
    for command in (["init", half], ["import", half, lines]):
        subprocess.run([cli, *command], env=given, check=True, stdout=subprocess.DEVNULL)
    half.rename(MADE)


def record(number):
    """Of ten records seven are sessions, two reflections, one is a supervision; over ten years."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86_400 * (1 + number % 3_600)))
    said = {"id": f"018f3c1e-0000-7000-8000-{number:012}", "date": day, "title": f"Record {number}"}
    said["body"] = f"A few words of the {number}th, as short as most notes are. " * 8
    claims = lambda *of: [{"competency": f"{number % 3 + 1}.{n}", "reason": "It shows."} for n in of]
    if number == RECORDS - 1:
        words = "She said nothing for a while and then found *her own* first step, quite slowly. " * 7
        text = "\n\n".join(f"Paragraph {at}. {words.strip()}" for at in range(100))
        return {**said, "kind": "reflection", "title": f"A {LONG} one", "body": text}
    if number % 10 < 7:
        client = f"Client {number % 1_700}"
        return {**said, "kind": "session", "minutes": 50, "format": "one-to-one", "mode": "telephone", "client": client}
    if number % 10 < 9:
        return {**said, "kind": "reflection", "claims": claims(1, number % 4 + 2, 6)}
    kind = {"kind": "supervision", "type": "health-coaching", "format": "individual", "minutes": 60}
    return {**said, **kind, "claims": claims(1, number % 4 + 2)}


class Program:
    """One that was started on a screen, with a home of its own."""

    def __init__(self, name, command, screen, more={}):
        home = PLACE / f"home of {name}"
        folders = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "XDG_DATA_HOME": home / "data", "XDG_CACHE_HOME": home / "cache"}
        (home / "config" / "uk.coachfolio.desktop").mkdir(parents=True, exist_ok=True)
        # Ours begins where a coach unlocks.
        (home / "config" / "uk.coachfolio.desktop" / "recent.json").write_text(json.dumps([str(VAULT)]))
        given = {variable: str(folder) for variable, folder in folders.items()}
        given |= {"DISPLAY": screen.name, "NO_AT_BRIDGE": "1", "GTK_THEME": "Adwaita", "LANG": "C.UTF-8"}
        given |= more
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env={**os.environ, **given}, start_new_session=True, **quiet)

    def processes(self):
        """The process and all that it started."""
        for entry in pathlib.Path("/proc").iterdir():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[3]) == self.process.pid and fields[0] != "Z":
                    yield entry
            except (OSError, IndexError, NotADirectoryError):
                pass

    def memory(self):
        """What all its processes hold, in MiB, what they share counted once (PSS)."""
        total = 0
        for entry in self.processes():
            try:
                lines = (entry / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except OSError:
                pass
        return total / 1024

    def end(self):
        for entry in list(self.processes()):
            try:
                os.kill(int(entry.name), signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        while list(self.processes()):
            time.sleep(0.01)


def peers():
    """Each by its name, its command and what its environment has beside a home; those that are not here are left out, and
    it is said."""
    yield "ours", [OURS], {}
    yield "a bare Tauri window", [BARE], {}
    # The way that ours chooses by itself, which takes it a moment.
    yield "a bare one that draws as ours does", [BARE], {"WEBKIT_DISABLE_DMABUF_RENDERER": "1"}
    rednotebook = shutil.which("rednotebook")
    if rednotebook:
        yield "RedNotebook", [rednotebook], {}
    else:
        print("RedNotebook is not here: apt-get install rednotebook")
