"""The n-gram exit as docs/ngram-exit.md states it, in plain Python and double: what NgramRestatementTests compares with.

    python3 restatement.py              prints the values that stand in the test
    python3 restatement.py FILE TEXT... scores texts, each given as its token ids, with a file
"""
import hashlib
import math
import struct
import sys

MASK = (1 << 64) - 1
TOKEN, TOKEN_PAIR, SHARED, FIRST_ONLY, SECOND_ONLY, UNION, SHORTER, FIRST_LONGER, SECOND_LONGER = range(1, 10)


def mix(value):
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & MASK
    return value ^ (value >> 31)


def hash_of(kind, first, second=0):
    return mix(mix((kind << 32) + first) + second & MASK)


def features(text, pair, bits):
    found = []
    if pair is None:
        found += [hash_of(TOKEN, token) for token in text]
        found += [hash_of(TOKEN_PAIR, *two) for two in zip(text, text[1:])]
    else:
        first, second = set(text), set(pair)
        shared, either, fewer = len(first & second), len(first | second), min(len(first), len(second))
        found += [hash_of(SHARED if token in second else FIRST_ONLY, token) for token in first]
        found += [hash_of(SECOND_ONLY, token) for token in second - first]
        found += [hash_of(UNION, step) for step in range(1, 21) if either and 20 * shared >= step * either]
        found += [hash_of(SHORTER, step) for step in range(1, 21) if fewer and 20 * shared >= step * fewer]
        longer = len(text) - len(pair)
        kind = FIRST_LONGER if longer > 0 else SECOND_LONGER
        found += [hash_of(kind, step) for step in range(1, 32) if abs(longer) >= 1 << step - 1]
    return sorted({value >> 64 - bits for value in found})


def softmax(logits):
    weights = [math.exp(z - max(logits)) for z in logits]
    return [weight / sum(weights) for weight in weights]


def score(weights, bias, buckets):
    scale = 1 / math.sqrt(len(buckets)) if buckets else 0
    return [b + scale * sum(weights[f][c] for f in buckets if f in weights) for c, b in enumerate(bias)]


def train(samples, classes, bits=20, epochs=15, rate=1.0, smoothing=0.1, seed=0):
    """Samples are (text, pair or None, probabilities). Returns a scorer, and each epoch's logits as they were at each sample's step."""
    lists = [features(text, pair, bits) for text, pair, _ in samples]
    weights = {f: [0.0] * classes for buckets in lists for f in buckets}
    squares = {f: 1.0 for f in weights}
    bias, bias_square = [0.0] * classes, 1.0
    order, state, done, dynamics = list(range(len(samples))), seed & MASK, 0, []
    for _ in range(epochs):
        for i in range(len(order) - 1, 0, -1):
            state = state + 0x9E3779B97F4A7C15 & MASK
            other = mix(state) * (i + 1) >> 64
            order[i], order[other] = order[other], order[i]
        logits = [None] * len(samples)
        for i in order:
            eta = rate * (1 - done / (epochs * len(samples)))
            done += 1
            logits[i] = score(weights, bias, lists[i])
            target = [(1 - smoothing) * p + smoothing / classes for p in samples[i][2]]
            gradient = [p - t for p, t in zip(softmax(logits[i]), target)]
            square = sum(g * g for g in gradient)
            bias_square += square
            bias = [b - eta / math.sqrt(bias_square) * g for b, g in zip(bias, gradient)]
            scale = 1 / math.sqrt(len(lists[i])) if lists[i] else 0
            for f in lists[i]:
                squares[f] += square * scale * scale
                weights[f] = [w - eta * scale / math.sqrt(squares[f]) * g for w, g in zip(weights[f], gradient)]
        dynamics.append(logits)
    return lambda text, pair: score(weights, bias, features(text, pair, bits)), dynamics


def read(path):
    """A scorer out of a file."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[-32:] == hashlib.sha256(data[:-32]).digest()
    magic, form, name, bits, _, classes, rows, width, _ = struct.unpack_from("<8si16siiiii32s", data)
    assert (magic, form, name.rstrip(b"\0")) == (b"DIMECNGR", 1, b"splitmix64/1")
    at = 80
    scales = struct.unpack_from(f"<{classes}f", data, at)
    bias = struct.unpack_from(f"<{classes}f", data, at + 4 * classes)
    at += 8 * classes
    marked = [b for b in range(1 << bits) if data[at + b // 8] >> b % 8 & 1]
    at += (1 << bits) // 8
    exponents = data[at : at + rows] if width == 1 else bytes(rows)
    at += rows if width == 1 else 0
    assert len(marked) == rows and len(data) == at + rows * classes * width + 32
    numbers = struct.unpack_from(f"<{rows * classes}{'b' if width == 1 else 'h'}", data, at)
    weights = {
        bucket: [numbers[row * classes + c] * 2 ** exponents[row] * scales[c] for c in range(classes)]
        for row, bucket in enumerate(marked)
    }
    return lambda text, pair: score(weights, bias, features(text, pair, bits))


def one_hot(label, classes):
    return [float(c == label) for c in range(classes)]


def made(count, classes, pairs, seed):
    """Texts of a small language, made by the mixer, so that the test can make the same."""
    state, samples = seed, []

    def draw(bound):
        nonlocal state
        state = state + 0x9E3779B97F4A7C15 & MASK
        return mix(state) * bound >> 64

    for _ in range(count):
        label = draw(classes)
        text = [draw(5) + 3 * label if draw(3) else draw(20) for _ in range(draw(8))]
        pair = [text[draw(len(text))] if text and draw(2) else draw(20) for _ in range(draw(8))] if pairs else None
        samples.append((text, pair, label))
    return samples


def main():
    if len(sys.argv) > 1:
        scorer = read(sys.argv[1])
        for text in sys.argv[2:]:
            print(scorer([int(token) for token in text.split()], None))
        return
    print("hashes")
    for arguments in [(1, 0), (1, 2003), (2, 2003, 3185), (2, 3185, 2003), (3, 2003), (9, 31)]:
        print(f"  {arguments}: 0x{hash_of(*arguments):016X}, bucket {hash_of(*arguments) >> 44}")
    print("features of [5, 6, 5, 6], 10 bits:", features([5, 6, 5, 6], None, 10))
    print("features of [5, 6, 7] beside [6, 6, 8, 9, 10], 10 bits:", features([5, 6, 7], [6, 6, 8, 9, 10], 10))
    for pairs in (False, True):
        samples = made(40, 3, pairs, 7)
        scorer, dynamics = train([(t, p, one_hot(y, 3)) for t, p, y in samples], 3, bits=12, epochs=4, seed=5)
        print("pairs" if pairs else "single texts")
        print("  sample 0:", samples[0])
        for text, pair in [([3, 4, 5], [4, 5, 9]), ([0, 0, 1], []), ([], [2])]:
            print("  logits of", text, pair, ["%.6f" % z for z in scorer(text, pair if pairs else None)])
        for epoch in (0, 3):
            print(f"  epoch {epoch}, sample 17:", ["%.6f" % z for z in dynamics[epoch][17]])


main()
