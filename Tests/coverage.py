"""Prints the line coverage of each target from llvm-cov's JSON."""

import collections
import json
import sys

lines = collections.defaultdict(lambda: [0, 0])
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    name = file["filename"]
    if "/Sources/" not in name or "/.build" in name:
        continue
    target = name.split("/Sources/")[1].split("/")[0]
    summary = file["summary"]["lines"]
    for key in (target, "all"):
        lines[key][0] += summary["covered"]
        lines[key][1] += summary["count"]
for target, (covered, count) in sorted(lines.items()):
    print(f"{target:14} {100 * covered / count:6.2f} %  {covered}/{count}")
