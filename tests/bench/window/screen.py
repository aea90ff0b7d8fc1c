"""A screen of its own, seen and typed at from outside: what it shows is read from its memory, so that looking costs it nothing."""

import ctypes
import ctypes.util
import mmap
import pathlib
import struct
import subprocess
import tempfile
import time

WIDTH, HEIGHT = 1280, 800
"""The screen, in pixels; each is four bytes."""
LOOK = 0.004
"""How long between two looks, in seconds."""
CARET = 3
"""The most columns that a blinking cursor changes."""
STILL = 8
"""The most that it changes together with bars for scrolling that fade."""

now = time.perf_counter


class Screen:
    """An X screen, its keyboard, and what it shows."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-fbdir", self.folder.name]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.name = ":" + self.server.stdout.readline().decode().strip()
        with open(pathlib.Path(self.folder.name) / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        # The file is a picture in X's own format: its head says how long that is, and how many colours come after it.
        head = struct.unpack(">25I", self.memory[:100])
        self.begin, self.line = head[0] + 12 * head[19], head[12]
        self.keyboard = Keyboard(self.name)

    def close(self):
        self.keyboard.close()
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def frame(self):
        """What it shows now."""
        return self.memory[self.begin : self.begin + self.line * HEIGHT]

    def watch(self, seconds, act=lambda: None, beside=lambda: None):
        """Does something and looks on: when it was done, and each picture that came after it with its moment. The first
        is what was there before. `beside` is called at every look."""
        shown = [(0.0, self.frame())]
        act()
        begun = now()
        while (at := now()) < begun + seconds:
            frame = self.frame()
            if frame != shown[-1][1]:
                shown.append((at, frame))
            beside()
            time.sleep(LOOK)
        return begun, shown

    def same(self, one, other, most, width=WIDTH):
        """Whether two pictures, or as much of them as `width`, differ in so few columns at most."""
        if one == other:
            return True
        columns = set()
        for begin in range(0, HEIGHT * self.line, self.line):
            a, b = one[begin : begin + 4 * width], other[begin : begin + 4 * width]
            if a != b:
                columns.update(at for at in range(0, len(a), 4) if a[at : at + 4] != b[at : at + 4])
                if len(columns) > most:
                    return False
        return True

    def complete(self, begun, shown, width=WIDTH):
        """How long it took until the picture, or as much of it, was the one that stayed, in seconds."""
        last = shown[-1][1]
        at = len(shown) - 1
        while at > 0 and self.same(shown[at - 1][1], last, STILL, width):
            at -= 1
        return shown[at][0] - begun

    def changed(self, begun, shown):
        """How long it took until the picture was another one, in seconds; nothing where it stayed."""
        first = shown[0][1]
        return next((at - begun for at, frame in shown[1:] if not self.same(frame, first, CARET)), None)


class Keyboard:
    """Keys as a person presses them, by the server's own test extension."""

    def __init__(self, display):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self.test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(display.encode()))
        self.x.XSetErrorHandler(ERRORS)

    def close(self):
        self.x.XCloseDisplay(self.display)

    def focus(self):
        """Gives the keyboard to the largest window: there is no desktop here that does."""
        root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        parent, count, all = ctypes.c_ulong(), ctypes.c_uint(), ctypes.POINTER(ctypes.c_ulong)()
        self.x.XQueryTree(self.display, root, ctypes.byref(parent), ctypes.byref(parent), ctypes.byref(all), ctypes.byref(count))

        def size(window):
            numbers = [ctypes.c_uint() for _ in range(6)]
            pointers = [ctypes.byref(one) for one in numbers]
            given = self.x.XGetGeometry(self.display, ctypes.c_ulong(window), ctypes.byref(parent), *pointers)
            return numbers[2].value * numbers[3].value if given else 0

        largest = max((all[at] for at in range(count.value)), key=size)
        self.x.XSetInputFocus(self.display, ctypes.c_ulong(largest), 1, ctypes.c_ulong(0))
        self.x.XSync(self.display, 0)

    def press(self, keys):
        """Presses keys together, such as `Control_L+n`."""
        symbols = [self.x.XStringToKeysym(key.encode()) for key in keys.split("+")]
        codes = [self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(symbol)) for symbol in symbols]
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, 0, ctypes.c_ulong(0))
        self.x.XFlush(self.display)

    def type(self, text, pause=0.03):
        """Types small letters, spaces and full stops, with a pause after each, in seconds."""
        for letter in text:
            self.press({" ": "space", ".": "period"}.get(letter, letter))
            time.sleep(pause)


# A window that is gone by the time it is asked about is no reason to end.
ERRORS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
