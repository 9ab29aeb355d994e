"""Prints src/Dimec.Text/Tokenization/Characters/characters.txt: what Hugging Face's tokenizers does with each code point.

The tables behind that library are three Rust crates' of different Unicode versions, so its behaviour is asked for, code point by code point.
Usage: python character_table.py > characters.txt      (needs the package `tokenizers`)
"""
import sys
import unicodedata

import tokenizers
from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer


def bert(**on):
    options = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return BertNormalizer(**{**options, **on}).normalize_str


clean, cjk, strip, lower = bert(clean_text=True), bert(handle_chinese_chars=True), bert(strip_accents=True), bert(lowercase=True)
nfd, split = NFD().normalize_str, BertPreTokenizer().pre_tokenize_str
points = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def swaps(a, b):
    """Whether canonical ordering puts b before a."""
    return a != b and nfd(a + b) == b + a


# A mark of each combining class that the library knows, to compare others with. U+0334 has the lowest class, 1.
LOWEST = "\u0334"
classes = {1: LOWEST}
for c in points:
    k = unicodedata.combining(chr(c))
    if k and k not in classes and nfd(chr(c)) == chr(c) and swaps(chr(c), LOWEST):
        classes[k] = chr(c)


def combining_class(s):
    if not (swaps(s, LOWEST) or swaps(classes[max(classes)], s)):
        return 0
    return next(k for k in sorted(classes) if not swaps(s, classes[k]) and not swaps(classes[k], s))


def pieces(s):
    return [piece for piece, _ in split("a" + s + "b")]


rows = {"removed": [], "blank": [], "space": [], "punctuation": [], "ideograph": [], "nonspacing": []}
combining, decompositions, lowercase = {}, [], []
for c in points:
    s = chr(c)
    cleaned, parts, decomposed = clean(s), pieces(s), nfd(s)
    if cleaned == "":
        rows["removed"].append(c)
    if cleaned == " ":
        rows["blank"].append(c)
    if parts == ["a", "b"]:
        rows["space"].append(c)
    if parts == ["a", s, "b"]:
        rows["punctuation"].append(c)
    if cjk(s) == " " + s + " ":
        rows["ideograph"].append(c)
    if decomposed == s:
        if strip(s) == "":
            rows["nonspacing"].append(c)
        k = combining_class(s)
        if k:
            combining[c] = k
    elif not 0xAC00 <= c <= 0xD7A3:
        decompositions.append((c, decomposed))
    if lower(s) != s:
        lowercase.append((c, lower(s)))


def ranges(numbers):
    out = []
    for n in sorted(numbers):
        if out and out[-1][1] == n - 1:
            out[-1][1] = n
        else:
            out.append([n, n])
    return [f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in out]


def codes(s):
    return " ".join(f"{ord(x):X}" for x in s)


print(f"# What Hugging Face tokenizers {tokenizers.__version__} does with each code point. Made by tests/Dimec.Text.Tests/Made/character_table.py.")
for name, numbers in rows.items():
    for r in ranges(numbers):
        print(name, r)
# Stripped marks are never seen: of them only matters whether marks may be ordered across them. The others need their class.
stripped = set(rows["nonspacing"])
for r in ranges([c for c in combining if c in stripped]):
    print("combining", r)
for c in sorted(set(combining) - stripped):
    print("combining", f"{c:X}", combining[c])
for c, s in decompositions:
    print("decompose", f"{c:X}", codes(s))
for c, s in lowercase:
    print("lower", f"{c:X}", codes(s))
