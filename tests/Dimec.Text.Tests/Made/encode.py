"""Encodes requests on stdin, a JSON object a line, with a tokenizer.json: python encode.py tokenizer.json < requests > answers."""
import json
import sys

from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(sys.argv[1])
tokenizer.no_padding()
for line in sys.stdin:
    request = json.loads(line)
    tokenizer.enable_truncation(request["max_length"], strategy="longest_first")
    encoding = tokenizer.encode(request["text"], request["pair"])
    print(json.dumps({"ids": encoding.ids, "type_ids": encoding.type_ids}))
