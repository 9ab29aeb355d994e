"""The int8 encoder restated in numpy, from the definitions: where the golden values of Int8GraphTests come from.

Weights: symmetric, a scale an output channel (a row of the table of words), round half to even (Krishnamoorthi 2018).
Inputs of products: each token divided by its largest magnitude, then ONNX's DynamicQuantizeLinear, uint8 with one scale and zero point a
tensor, and what comes out multiplied by that magnitude again. Everything else in double precision.

    python int8_reference.py
"""

import math

import numpy as np

HIDDEN, HEADS, LAYERS, INNER, WORDS, POSITIONS, CLASSES = 24, 3, 2, 72, 50, 64, 3
IDS = [[2, 17, 4, 33, 3], [2, 41, 3]]
PADDED = 6


def made(number, size, *shape):
    """The weights of MadeWeights.cs: a sine of the place, in single precision."""
    count = math.prod(shape)
    return (size * np.sin(number + 12.9898 * np.arange(count))).astype(np.float32).reshape(shape)


class Weights:
    def __init__(self):
        self.number, self.values = 0, {}
        self.table("word", WORDS), self.table("position", POSITIONS), self.table("type", 2), self.norm("norm")
        for layer in range(LAYERS):
            for part in ("query", "key", "value", "output"):
                self.dense(f"{layer}.{part}", HIDDEN, HIDDEN)
            self.norm(f"{layer}.attention_norm")
            self.dense(f"{layer}.inner", INNER, HIDDEN)
            self.dense(f"{layer}.outer", HIDDEN, INNER)
            self.norm(f"{layer}.output_norm")
        for exit in range(1, LAYERS + 1):
            self.dense(f"exit{exit}.dense", HIDDEN, HIDDEN)
            self.dense(f"exit{exit}.classifier", CLASSES, HIDDEN)

    def add(self, name, size, *shape):
        self.number += 1
        self.values[name] = made(self.number, size, *shape)

    def table(self, name, rows):
        self.add(f"{name}.weight", 0.5, rows, HIDDEN)

    def dense(self, name, outputs, inputs):
        self.add(f"{name}.weight", 2 / math.sqrt(inputs), outputs, inputs)
        self.add(f"{name}.bias", 0.3, outputs)

    def norm(self, name):
        self.add(f"{name}.weight", 0.5, HIDDEN)
        self.values[f"{name}.weight"] = self.values[f"{name}.weight"] + np.float32(1)
        self.add(f"{name}.bias", 0.3, HIDDEN)


def channels(matrix):
    scale = np.abs(matrix).max(axis=1) / np.float32(127)
    scale = np.where(scale == 0, np.float32(1), scale).astype(np.float32)
    return np.rint(matrix / scale[:, None]).astype(np.int32), scale


def rounded(values):
    values = values.astype(np.float32)
    low, high = min(values.min(), np.float32(0)), max(values.max(), np.float32(0))
    scale = np.float32((high - low) / np.float32(255))
    zero = np.clip(np.rint(np.float32(0) - low / scale), 0, 255)
    return np.clip(np.rint(values / scale) + zero, 0, 255).astype(np.int32), scale, int(zero)


def saturated(numbers, matrix):
    """x64 without VNNI: products of neighbours are added up in 16 bits, and end there."""
    pairs = numbers[..., 0::2, None] * matrix.T[0::2] + numbers[..., 1::2, None] * matrix.T[1::2]
    return np.clip(pairs, -32768, 32767).sum(axis=-2)


class Encoder:
    def __init__(self, saturates=False):
        self.weights, self.saturates = Weights().values, saturates

    def dense(self, names, x):
        matrix = np.concatenate([self.weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        numbers, scale = channels(matrix)
        x = x.astype(np.float32)
        token = np.abs(x).max(axis=-1, keepdims=True)
        x, x_scale, zero = rounded(x / token)
        sums = saturated(x, numbers) - zero * numbers.sum(axis=1) if self.saturates else (x - zero) @ numbers.T
        return sums * (x_scale.astype(np.float64) * scale) * token + bias

    def norm(self, name, x):
        x = x - x.mean(axis=-1, keepdims=True)
        x = x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-12)
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def layer(self, number, x, mask):
        rows, length, _ = x.shape
        parts = self.dense([f"{number}.query", f"{number}.key", f"{number}.value"], x)
        query, key, value = (
            part.reshape(rows, length, HEADS, -1).transpose(0, 2, 1, 3) for part in np.split(parts, 3, axis=-1))
        scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(HIDDEN // HEADS) + (1 - mask)[:, None, None] * -10000.0
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        context = shares / shares.sum(axis=-1, keepdims=True) @ value
        context = context.transpose(0, 2, 1, 3).reshape(rows, length, HIDDEN)
        attended = self.norm(f"{number}.attention_norm", self.dense([f"{number}.output"], context) + x)
        inner = self.dense([f"{number}.inner"], attended)
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        return self.norm(f"{number}.output_norm", self.dense([f"{number}.outer"], inner) + attended)

    def exit(self, number, x, mask):
        pooled = (x * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        w = self.weights
        active = np.tanh(pooled @ w[f"exit{number}.dense.weight"].T + w[f"exit{number}.dense.bias"])
        return active @ w[f"exit{number}.classifier.weight"].T + w[f"exit{number}.classifier.bias"]

    def tokens(self, ids):
        numbers, scale = channels(self.weights["word.weight"])
        words = numbers[ids] * scale[ids][..., None].astype(np.float64)
        x = words + self.weights["position.weight"][: ids.shape[-1]] + self.weights["type.weight"][0]
        return self.norm("norm", x)

    def logits(self, ids, mask):
        x = self.tokens(ids)
        answers = []
        for number in range(LAYERS):
            x = self.layer(number, x, mask)
            answers.append(self.exit(number + 1, x, mask))
        return answers


def main():
    ids = np.array([row + [0] * (PADDED - len(row)) for row in IDS])
    mask = np.array([[1.0] * len(row) + [0.0] * (PADDED - len(row)) for row in IDS])
    encoder = Encoder()
    for exit, logits in enumerate(encoder.logits(ids, mask), 1):
        print(f"exit {exit}:", ", ".join(f"{value:.6f}" for value in logits.ravel()))
    print("e(x):", ", ".join(f"{value:.6f}" for value in encoder.tokens(np.array([IDS[0]]))[0].mean(axis=0)[:6]))
    for exit, logits in enumerate(Encoder(saturates=True).logits(ids, mask), 1):
        print(f"saturated, exit {exit}:", ", ".join(f"{value:.6f}" for value in logits.ravel()))
    numbers, scales = channels(np.array([[0.5, -1.27, 0.015, 0.025], [0, 0, 0, 0], [3, -3, 1.5, 0.01]], dtype=np.float32))
    print("channels:", numbers.tolist(), scales.tolist())


main()
