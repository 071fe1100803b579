# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a long study with a terminal as standard error, and look at what stands on it.

watch.py VESCORE shown|short|quiet|dumb|elsewhere|interrupted
"""
import os, pty, re, select, signal, subprocess, sys, tempfile, time

# Every customer is weighed anew for every point: this takes minutes in all.
SLOW = """return ve.model { attributes = { x = "u" }, functions = { { id = "f" } }, scale = { 0, 9 },
  options = { { id = "A", cost = 5, target = ve.triangular { low = -9, mode = 5000, high = 30000 } },
              { id = "B", cost = 5 } },
  survey = ve.csv { file = "survey.csv", scores = "{option}" } }"""
SURVEY = "x,A,B\n" + "".join("%d,%d,%d\n" % (i, i * 7 % 10, i * 3 % 10) for i in range(20000))
LONG = ["--vary", "options.A.target.mode=1:9000/1000", "--vary", "options.A.target.low=-900:0/1000"]
PATIENCE = 60  # seconds until something must have been seen
LINE = re.compile(rb"sweep: [0-9]+ %(, about [0-9]+ (s|min|h) left)?")


def check(holds, what, seen=b""):
    if not holds:
        sys.exit("%s\non the terminal: %r" % (what, seen))


class Run:
    """A run of vescore in a folder of its own; its standard error is a terminal unless `pipe`."""

    def __init__(self, program, words, folder, terminal="xterm", pipe=False):
        self.seen = b""
        self.master, slave = pty.openpty()
        error = subprocess.PIPE if pipe else slave
        environment = dict(os.environ, TERM=terminal, LC_ALL="C")
        self.process = subprocess.Popen([program, "sweep", "slow.lua"] + words, cwd=folder, env=environment,
                                        stdin=slave, stdout=subprocess.DEVNULL, stderr=error,
                                        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        os.close(slave)
        self.source = self.process.stderr.fileno() if pipe else self.master

    def read(self, seconds):
        """What comes within so many seconds; False at the end."""
        ready, _, _ = select.select([self.source], [], [], seconds)
        if not ready:
            return True
        try:
            more = os.read(self.source, 65536)
        except OSError:  # the other end is closed
            more = b""
        self.seen += more
        return bool(more)

    def until(self, pattern):
        end = time.monotonic() + PATIENCE
        while not pattern.search(self.seen):
            check(time.monotonic() < end and self.read(1), "nothing like %r comes" % pattern.pattern, self.seen)

    def watch(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(end - time.monotonic()):
            pass

    def finish(self):
        while self.read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        began = time.monotonic()
        status = self.finish()
        check(time.monotonic() - began < 5, "it takes long to end", self.seen)
        return status


def screen(seen):
    """The last line that carriage returns leave on a terminal, and the lines above."""
    lines = [[]]
    column = 0
    for byte in seen.decode():
        if byte == "\n":
            lines.append([])
        elif byte == "\r":
            column = 0
        else:
            line = lines[-1]
            line.extend(" " * (column + 1 - len(line)))
            line[column] = byte
            column += 1
    return ["".join(line).rstrip() for line in lines]


def shown(program, folder):
    run = Run(program, LONG, folder)
    began = time.monotonic()
    run.until(LINE)
    check(time.monotonic() - began > 0.4, "it is shown at once", run.seen)
    run.until(re.compile(rb"sweep: [1-9]"))
    run.interrupt()
    check(b"\x1b" not in run.seen, "there are escape codes", run.seen)


def short(program, folder):
    run = Run(program, ["--vary", "options.A.cost=1:9:1"], folder)
    check(run.finish() == 0 and not run.seen, "a short study shows something", run.seen)


def unseen(run):
    run.watch(2)
    check(run.process.poll() is None, "it has ended already", run.seen)
    check(not run.seen, "something is shown", run.seen)
    check(run.interrupt() == 130, "it ends otherwise than interrupted", run.seen)
    check(run.seen.replace(b"\r", b"") == b"vescore: error: interrupted\n", "something else is told", run.seen)


def quiet(program, folder):
    unseen(Run(program, LONG + ["-q"], folder))


def dumb(program, folder):
    unseen(Run(program, LONG, folder, terminal="dumb"))


def elsewhere(program, folder):
    unseen(Run(program, LONG, folder, pipe=True))


def interrupted(program, folder):
    """Nothing of the line stays, the file is as it was, and none is left half written."""
    kept = os.path.join(folder, "out.json")
    with open(kept, "w") as file:
        file.write("as it was")
    run = Run(program, LONG + ["-o", "out.json", "--format", "json"], folder)
    run.until(LINE)
    check(run.interrupt() == 130, "it ends otherwise than interrupted", run.seen)
    check(screen(run.seen) == ["vescore: error: interrupted", ""], "the line is left behind", run.seen)
    check(open(kept).read() == "as it was", "the file has changed")
    check(sorted(os.listdir(folder)) == ["out.json", "slow.lua", "survey.csv"], "there is a file more: %s" % os.listdir(folder))


def main():
    program, what = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "slow.lua"), "w") as file:
            file.write(SLOW)
        with open(os.path.join(folder, "survey.csv"), "w") as file:
            file.write(SURVEY)
        globals()[what](program, folder)


main()
