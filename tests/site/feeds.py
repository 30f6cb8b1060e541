"""Reads every feed of a site with feedparser. Usage: feeds.py SITE"""

import os
import sys

import feedparser


def hold(site):
    faults, feeds, entries = [], 0, 0
    for folder, _, names in sorted(os.walk(site)):
        if "feed.xml" not in names:
            continue
        path = os.path.join(folder, "feed.xml")
        read = feedparser.parse(path)
        feeds += 1
        entries += len(read.entries)
        if read.bozo:
            faults.append(f"{path}: {read.bozo_exception}")
        if read.version != "atom10":
            faults.append(f"{path}: {read.version}")
        names = [read.feed.id] + [entry.id for entry in read.entries]
        faults += [f"{path}: {name} is no tag" for name in names if not name.startswith("tag:")]
        if len(set(names)) != len(names) or not 0 < len(read.entries) <= 50:
            faults.append(f"{path}: {len(read.entries)} entries, {len(set(names)) - 1} names")
        moments = [entry.updated_parsed for entry in read.entries]
        if moments != sorted(moments, reverse=True) or None in moments:
            faults.append(f"{path}: not the last changed at first")
        links = [entry.link for entry in read.entries] + [read.feed.link]
        faults += [f"{path}: {link} is not full" for link in links if not link.startswith("https://")]
    for fault in faults[:20]:
        print(fault)
    print(f"{feeds} feeds, {entries} entries, {len(faults)} faults")
    return bool(faults) or feeds == 0


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1]))
