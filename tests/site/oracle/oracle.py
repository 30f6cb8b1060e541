"""Holds a built site against what its records' front matter says, by the written definitions alone.

Usage: oracle.py PROGRAM TODAY FOLDER… for folders with records, or oracle.py PROGRAM TODAY --seeds FIRST LAST for small
sites that are generated. Each is built and checked by the program in a copy; what disagrees is printed, and the counts.
"""

import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import customers
import deviations
import figures
import generate
import marks
import readiness
import versions
from pages import Built
from records import Site
from windows import Calendar


# Settings of a folder of imported records, whose links may lead into a site that was.
RECORDS_ONLY = '[lints]\nprofile = "records"\n'


def run(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)


def disagreements(program, folder, today):
    """What the program says otherwise: figure, where, expected, said; and how many statements were compared."""
    out = folder / "site"
    built = run(program, "build", folder, "--today", today, "--out", out)
    if built.returncode:
        said = (built.stderr + built.stdout).splitlines()
        errors = [" ".join(said[at : at + 2]) for at, line in enumerate(said) if line.startswith("error")]
        return [("builds", "", "exit code 0", "\n    ".join(errors))], collections.Counter(["builds"])
    checked = run(program, "check", folder, "--today", today, "--format", "json")
    findings = json.loads(checked.stdout)["findings"]
    site, pages = Site(folder, today), Built(out)
    rows = [*figures.compared(site, pages), *versions.compared(site, pages), *readiness.compared(site, pages)]
    rows += [*marks.shown(site, pages), *marks.found(Site(folder, today, with_drafts=True), findings)]
    rows += deviations.compared(site, pages, Calendar(site))
    rows += customers.compared(site, pages)
    counts = collections.Counter(figure for figure, *_ in rows)
    return [row for row in rows if row[2] != row[3]], counts


def cases(arguments):
    """The folders to look at, each with its name, one after another."""
    with tempfile.TemporaryDirectory() as below:
        copy = pathlib.Path(below) / "records"
        if arguments[0] == "--seeds":
            for seed in range(int(arguments[1]), int(arguments[2])):
                generate.write(seed, copy)
                yield f"seed {seed}", copy
                shutil.rmtree(copy)
            return
        for folder in arguments:
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("site"))
            settings = copy / "relbook.toml"
            settings.exists() or settings.write_text(RECORDS_ONLY)
            yield folder, copy
            shutil.rmtree(copy)


def main():
    program, today, *arguments = sys.argv[1:]
    wrong, compared, sites, agreeing = collections.Counter(), collections.Counter(), 0, 0
    for name, folder in cases(arguments):
        found, counts = disagreements(program, folder, today)
        sites += 1
        agreeing += not found
        compared.update(counts)
        wrong.update({figure for figure, *_ in found})
        for figure, where, expected, said in found:
            print(f"{name}: {figure}: {where}\n  by the records {expected}\n  by the program {said}")
    for figure, number in sorted(compared.items()):
        print(f"# {figure}: {number} compared, {wrong[figure]} of {sites} sites disagree")
    print(f"{agreeing} of {sites} agree")
    sys.exit(agreeing != sites)


main()
