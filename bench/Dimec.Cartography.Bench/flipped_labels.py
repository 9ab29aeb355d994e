"""Flips labels on purpose and counts how many of them 'dimec map --suspects' finds.

    flipped_labels.py make SST-2/train.tsv OUT.tsv [--rows 2000] [--share 0.05] [--seed 0]
    dimec train --data OUT.tsv --text-column sentence --label-column label --epochs 2 --out RUN
    dimec map RUN --suspects N --json | flipped_labels.py score OUT.tsv

N is the number that 'make' prints; 'score' counts those flips only that the training was given (other parts are split off).
"""
import argparse
import json
import random
import sys


def make(arguments):
    with open(arguments.source, encoding="utf-8") as source:
        header, *rows = source.read().splitlines()
    chooser = random.Random(arguments.seed)
    rows = [row.split("\t") for row in chooser.sample(rows, arguments.rows)]
    flips = sorted(chooser.sample(range(len(rows)), round(arguments.share * len(rows))))
    for i in flips:
        rows[i][-1] = str(1 - int(rows[i][-1]))
    with open(arguments.out, "w", encoding="utf-8") as out:
        out.write("\n".join([header, *("\t".join(row) for row in rows)]) + "\n")
    with open(arguments.out + ".flips", "w", encoding="utf-8") as out:
        out.write("\n".join(f"train-{i}" for i in flips) + "\n")
    print(f"{len(flips)} of {len(rows)} labels flipped")


def score(arguments):
    with open(arguments.out + ".flips", encoding="utf-8") as flips:
        flipped = set(flips.read().split())
    answer = json.load(sys.stdin)
    with open(answer["metrics"], encoding="utf-8") as metrics:
        trained = [json.loads(line)["guid"] for line in metrics]
    flipped &= set(trained)
    listed = [suspect["guid"] for suspect in answer["suspects"]][: len(flipped)]
    found = len(flipped & set(listed))
    print(f"{len(trained)} samples, {len(flipped)} flipped; first {len(listed)} suspects: precision {found / len(listed):.3f}, "
          f"recall {found / len(flipped):.3f}; a random list: {len(flipped) / len(trained):.3f}")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
modes = parser.add_subparsers(required=True)
making = modes.add_parser("make")
making.add_argument("source")
making.add_argument("out")
making.add_argument("--rows", type=int, default=2000)
making.add_argument("--share", type=float, default=0.05)
making.add_argument("--seed", type=int, default=0)
making.set_defaults(run=make)
scoring = modes.add_parser("score")
scoring.add_argument("out")
scoring.set_defaults(run=score)
chosen = parser.parse_args()
chosen.run(chosen)
