"""Reads configurations of models by NVIDIA's own message class, and prints them as JSON, a line each.

Usage: read_config.py FOLDER_OF_WHEELS CONFIG...
The wheels are only unpacked: of Protocol Buffers the Python code is enough, and of the client the one file of the class.
"""
import glob
import os
import sys
import tempfile
import zipfile

os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
wheels, configs = sys.argv[1], sys.argv[2:]
with tempfile.TemporaryDirectory() as folder:
    for name in ("protobuf", "tritonclient"):
        with zipfile.ZipFile(glob.glob(os.path.join(wheels, f"{name}-*.whl"))[0]) as wheel:
            wheel.extractall(folder)
    sys.path[:0] = [folder, os.path.join(folder, "tritonclient", "grpc")]
    from google.protobuf import json_format, text_format
    import model_config_pb2

for path in configs:
    with open(path, encoding="utf-8") as file:
        config = text_format.Parse(file.read(), model_config_pb2.ModelConfig())
    print(json_format.MessageToJson(config, preserving_proto_field_name=True, indent=None))
