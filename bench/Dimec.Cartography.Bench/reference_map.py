"""The algorithm of the public reference implementation (allenai/cartography: read the dynamics, compute the metrics), restated.

    reference_map.py FOLDER OUT

Same steps, same order: each epoch's file line by line with json, a dict by guid with a list of logits an epoch; then a guid at a time the softmax of each
epoch in fp32, argmax, mean, standard deviation, and a pandas DataFrame that is written as JSON lines. numpy stands for torch in the softmax, which is
faster on single rows; there is no progress bar, and no picture is drawn.
"""
import json
import os
import sys

import numpy as np
import pandas as pd


def read_dynamics(folder):
    dynamics = {}
    epochs = len([name for name in os.listdir(folder) if name.startswith("dynamics_epoch_")])
    for epoch in range(epochs):
        with open(os.path.join(folder, f"dynamics_epoch_{epoch}.jsonl"), encoding="utf-8") as file:
            for line in file:
                record = json.loads(line.strip())
                guid = record["guid"]
                if guid not in dynamics:
                    dynamics[guid] = {"gold": record["gold"], "logits": []}
                dynamics[guid]["logits"].append(record[f"logits_epoch_{epoch}"])
    return dynamics


def forgetfulness(trend):
    if not any(trend):
        return 1000
    learnt, times = False, 0
    for correct in trend:
        if learnt and not correct:
            times += 1
        learnt = correct
    return times


def softmax(logits):
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum()


def compute_metrics(dynamics):
    rows = []
    for index, (guid, record) in enumerate(dynamics.items()):
        trend, probabilities = [], []
        for logits in record["logits"]:
            probabilities.append(float(softmax(np.array(logits, dtype=np.float32))[record["gold"]]))
            trend.append(bool(np.argmax(logits) == record["gold"]))
        confidence = np.mean(probabilities)
        rows.append([guid, index, confidence * (1 - confidence), confidence, np.std(probabilities), sum(trend), forgetfulness(trend)])
    return pd.DataFrame(rows, columns=["guid", "index", "threshold_closeness", "confidence", "variability", "correctness", "forgetfulness"])


metrics = compute_metrics(read_dynamics(os.path.join(sys.argv[1], "training_dynamics")))
os.makedirs(sys.argv[2], exist_ok=True)
metrics.to_json(os.path.join(sys.argv[2], "td_metrics.jsonl"), orient="records", lines=True, double_precision=15)
