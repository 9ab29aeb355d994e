"""What tells before a layer runs whether an exit will be right: AUC on the selection part of runs, five-fold, five times.

python3 bench/Dimec.Exits.Bench/router_auc.py RUN ...   (needs numpy; a run with exit 0 and its training samples' embeddings and dynamics)

Each set of features goes through a logistic regression that has not seen the samples it ranks. Independent of Dimec's code: it reads the
run's files and nothing else.
"""
import json
import os
import struct
import sys

import numpy as np


def predictions(run):
    with open(f"{run}/predictions/selection.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    logits = {int(exit): np.array([row["logits"][exit] for row in rows]) for exit in rows[0]["logits"]}
    return logits, np.array([row["gold"] for row in rows]), np.array([row["embedding"] for row in rows])


def safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + length])
    tensor = next(value for name, value in header.items() if name != "__metadata__")
    begin, end = tensor["data_offsets"]
    kind = {"F32": np.float32, "F16": np.float16}[tensor["dtype"]]
    return np.frombuffer(content[8 + length + begin : 8 + length + end], kind).reshape(tensor["shape"]).astype(float)


def log_softmax(logits):
    shifted = logits - logits.max(1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(1, keepdims=True))


def dynamics(run, exit, places):
    """Mean and spread over epochs of the probability given to the truth, and the truths."""
    folder = f"{run}/dynamics/exit-{exit}/training_dynamics"
    files = sorted(os.listdir(folder), key=lambda name: int(name.split("_")[-1].split(".")[0]))
    truth = np.zeros((len(files), len(places)))
    gold = np.zeros(len(places), int)
    for epoch, name in enumerate(files):
        with open(f"{folder}/{name}", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                logits = np.array(next(value for key, value in row.items() if key.startswith("logits")))
                place = places[str(row["guid"])]
                truth[epoch, place] = np.exp(log_softmax(logits[None])[0, row["gold"]])
                gold[place] = row["gold"]
    return truth.mean(0), truth.std(0), gold


def confidence(logits):
    """Log-odds of the answer, its margin in log-probability, and the entropy."""
    logs = log_softmax(logits)
    ordered = np.sort(logs, 1)[:, ::-1]
    sure = np.exp(ordered[:, 0])
    odds = np.log(sure / np.maximum(1 - sure, 1e-12))
    return np.stack([odds, np.minimum(ordered[:, 0] - ordered[:, 1], 30), -(np.exp(logs) * logs).sum(1)], 1)


def distances(points, centroids):
    return np.sqrt(((points[:, None] - centroids[None]) ** 2).sum(2))


def pool_distances(points, train, mean, spread):
    low, wide = np.quantile(mean, 0.33), np.quantile(spread, 0.5)
    hard = mean < low
    easy = ~hard & (spread <= wide)
    return distances(points, np.stack([train[pool].mean(0) for pool in (easy, ~hard & ~easy, hard)]))


def ridge(points, train, target, weight=10.0):
    mean = train.mean(0)
    centred = train - mean
    solved = np.linalg.solve(centred.T @ centred + weight * np.eye(centred.shape[1]), centred.T @ (target - target.mean()))
    return (points - mean) @ solved + target.mean()


def neighbours(points, train, count=10):
    unit = points / np.linalg.norm(points, axis=1, keepdims=True)
    units = train / np.linalg.norm(train, axis=1, keepdims=True)
    return np.argpartition(-(unit @ units.T), count, axis=1)[:, :count]


def ranked(features, right, unseen, weight=1.0):
    """A logistic regression by Newton, in standard units, and its scores of samples that it has not seen."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    units = np.c_[(features - mean) / spread, np.ones(len(features))]
    shrink = np.r_[np.full(features.shape[1], weight), 1e-3]
    weights = np.zeros(units.shape[1])
    for _ in range(30):
        share = 1 / (1 + np.exp(-units @ weights))
        hessian = (units * (share * (1 - share))[:, None]).T @ units + np.diag(shrink)
        step = np.linalg.solve(hessian, units.T @ (share - right) + shrink * weights)
        weights -= step * min(1, 4 / max(np.abs(step).max(), 1e-12))
        if np.abs(step).max() < 1e-6:
            break
    return np.c_[(unseen - mean) / spread, np.ones(len(unseen))] @ weights


def auc(scores, right):
    """Mann-Whitney, ties at their mean rank."""
    values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    ones = right.sum()
    return (ranks[right > 0].sum() - ones * (ones + 1) / 2) / (ones * (len(right) - ones))


def cross_fitted(features, right, random, folds=5, times=5):
    found = []
    for _ in range(times):
        fold = random.permutation(len(right)) % folds
        scores = np.zeros(len(right))
        for own in range(folds):
            scores[fold == own] = ranked(features[fold != own], right[fold != own], features[fold == own])
        found.append(auc(scores, right))
    return np.mean(found)


def report(run):
    logits, gold, points = predictions(run)
    train = safetensors(f"{run}/embeddings/train.safetensors")
    with open(f"{run}/embeddings/train.guids", encoding="utf-8") as lines:
        places = {line.strip(): place for place, line in enumerate(lines)}
    last = max(logits)
    mean, spread, truth = dynamics(run, last, places)
    mean_zero, spread_zero, _ = dynamics(run, 0, places)
    near = neighbours(points, train)
    classes = distances(points, np.stack([train[truth == label].mean(0) for label in range(logits[0].shape[1])]))
    nearest = np.sort(classes, 1)
    zero = confidence(logits[0])
    beside = {
        "exit 0": None,
        f"mu and sigma of exit {last}, by ridge": np.stack([ridge(points, train, mean), ridge(points, train, spread)], 1),
        "of exit 0, by ridge": np.stack([ridge(points, train, mean_zero), ridge(points, train, spread_zero)], 1),
        f"of exit {last}, of ten neighbours": np.stack([mean[near].mean(1), spread[near].mean(1)], 1),
        f"pools of exit {last}": pool_distances(points, train, mean, spread),
        "pools of exit 0": pool_distances(points, train, mean_zero, spread_zero),
        "classes": np.stack(
            [nearest[:, 0], nearest[:, 1] - nearest[:, 0], classes[np.arange(len(gold)), logits[0].argmax(1)]], 1
        ),
    }
    for exit in sorted(logits)[1:]:
        right = (logits[exit].argmax(1) == gold) * 1.0
        random = np.random.default_rng(0)
        found = "; ".join(
            f"{name} {cross_fitted(zero if more is None else np.c_[zero, more], right, random):.3f}" for name, more in beside.items()
        )
        own = auc(confidence(logits[exit])[:, 0], right)
        print(f"{os.path.basename(run.rstrip('/'))}, n = {len(gold)}, exit {exit} is right: {found}; its own confidence {own:.3f}")


for path in sys.argv[1:]:
    report(path)
