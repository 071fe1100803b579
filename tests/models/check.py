"""Every model of models/, and each of its scenarios, against a computation that shares no line with the program.

SPDX-License-Identifier: GPL-3.0-or-later
check.py VESCORE MODELS [MODEL ...]: exit status 1 if any figure differs by more than 1e-12 of itself.

Each model has a file beside this one, with
  CASES    rows (scenario, figures by option) or (scenario, figures by key, ASK): how else the program is asked
  WINNERS  scenario -> who wins with positioning, and who if all customers counted alike: what the model's page says"""
import importlib
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
PROGRAM, MODELS = sys.argv[1], sys.argv[2]


def ask(model, scenario, command=("run",), file=None, table=None, keys=("option",)):
    """One table of a study, its rows by their keys (joined by a blank where there are several)."""
    line = [PROGRAM, command[0], os.path.join(MODELS, model, file or model + ".lua"), *command[1:]]
    line += ["--format", "csv,table=" + table if table else "csv"]
    done = subprocess.run(line + (["--scenario", scenario] if scenario else []), stdout=subprocess.PIPE)
    if done.returncode:
        return {}
    head, *rows = [line.split(",") for line in done.stdout.decode().replace("\r", "").rstrip("\n").split("\n")]
    rows = [dict(zip(head, row)) for row in rows]
    return {" ".join(row[key] for key in keys): row for row in rows}


def differ(value, text):
    if value is None or isinstance(value, str):
        return text != (value or "")
    return not text or abs(float(text) - value) > 1e-12 * max(1, abs(value))


def differences(expected, real):
    for key, columns in expected.items():
        for column, value in columns.items():
            text = real.get(key, {}).get(column, "missing")
            if text == "missing" or differ(value, text):
                yield "%s %s is %s, should be %r" % (key, column, text, value)


def winners(expected, real):
    for name, column, best in zip(("with positioning", "if all customers counted alike"),
                                  ("rank", "undifferentiated_rank"), expected):
        first = next((option for option, row in real.items() if row.get(column) == "1"), None)
        if best and first != best:
            yield "%s should win %s, not %s" % (best, name, first)


def scenarios(model):
    for name in sorted(os.listdir(os.path.join(MODELS, model))):
        if name.endswith(".lua"):
            with open(os.path.join(MODELS, model, name), encoding="utf-8") as file:
                yield from re.findall(r'\{ name = "([^"]*)", (?:set|change) =', file.read())


def check(model):
    second = importlib.import_module(model)
    for scenario, expected, *how in second.CASES:
        yield scenario, len(expected), differences(expected, ask(model, scenario, **(how[0] if how else {})))
    for scenario, expected in second.WINNERS.items():
        yield scenario, 1, winners(expected, ask(model, scenario))
    seen = {case[0] for case in second.CASES}
    yield None, 1, ["the scenario '%s' is not computed" % name for name in scenarios(model) if name not in seen]


def main():
    wrong = count = 0
    for model in sys.argv[3:] or sorted(x for x in os.listdir(MODELS) if os.path.isdir(os.path.join(MODELS, x))):
        for scenario, rows, faults in check(model):
            count += rows
            for fault in faults:
                wrong += 1
                print("%s%s: %s" % (model, " (%s)" % scenario if scenario else "", fault))
    print("%d rows, %d faults" % (count, wrong))
    return 1 if wrong or not count else 0


sys.exit(main())
