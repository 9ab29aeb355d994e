"""Asks a running tier everything through NVIDIA's own client. Prints a line a check; a failure ends it with a traceback."""
import sys

import numpy as np
import tritonclient.grpc as grpcclient
import tritonclient.http as httpclient
from tritonclient.utils import InferenceServerException

http_url, grpc_url, version, classes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
TEXTS = np.array([["a fine film"], ["dull"], ["ünïcödé ϧϧ"]], dtype=object)
IDS = np.array([[5, 6, 7], [5, 6, 0]], dtype=np.int64)
MASK = np.array([[1, 1, 1], [1, 1, 0]], dtype=np.int64)


def check(name, condition):
    assert condition, name
    print(name)


def text_input(module, shape):
    tensor = module.InferInput("text", shape, "BYTES")
    tensor.set_data_from_numpy(TEXTS.reshape(shape))
    return [tensor]


def token_inputs(module, **kind):
    ids, mask = module.InferInput("input_ids", [2, 3], "INT64"), module.InferInput("attention_mask", [2, 3], "INT64")
    ids.set_data_from_numpy(IDS, **kind)
    mask.set_data_from_numpy(MASK, **kind)
    return [ids, mask]


def refused(name, call, *words):
    try:
        call()
    except InferenceServerException as error:
        check(name, all(word in str(error) for word in words))
    else:
        check(name, False)


http, grpc = httpclient.InferenceServerClient(http_url), grpcclient.InferenceServerClient(grpc_url)
for name, client in (("http", http), ("grpc", grpc)):
    check(f"{name} live", client.is_server_live())
    check(f"{name} ready", client.is_server_ready())
    check(f"{name} model ready", client.is_model_ready("dimec") and client.is_model_ready("dimec_edge", version))

check("http server metadata", http.get_server_metadata()["extensions"] == ["binary_tensor_data"])
check("grpc server metadata", grpc.get_server_metadata().name == "dimec")
check("http model metadata", http.get_model_metadata("dimec")["inputs"][0] == {"name": "text", "datatype": "BYTES", "shape": [-1, 1]})
check("http model metadata of a version", http.get_model_metadata("dimec_edge", version)["outputs"][0]["shape"] == [-1, classes])
check("grpc model metadata", list(grpc.get_model_metadata("dimec_edge").outputs[0].shape) == [-1, classes])
check("grpc versions", list(grpc.get_model_metadata("dimec").versions) == [version])

logits, labels, probabilities = [], [], []
for name, result in {
    "http binary": http.infer("dimec_edge", token_inputs(httpclient)),
    "http json": http.infer("dimec_edge", token_inputs(httpclient, binary_data=False), outputs=[httpclient.InferRequestedOutput("logits", binary_data=False)]),
    "http json in, binary out": http.infer("dimec_edge", token_inputs(httpclient, binary_data=False)),
    "http gzip": http.infer("dimec_edge", token_inputs(httpclient), request_compression_algorithm="gzip", response_compression_algorithm="gzip"),
    "http deflate": http.infer("dimec_edge", token_inputs(httpclient), request_compression_algorithm="deflate", response_compression_algorithm="deflate"),
    "http version": http.infer("dimec_edge", token_inputs(httpclient), model_version=version),
    "grpc": grpc.infer("dimec_edge", token_inputs(grpcclient)),
    "grpc gzip": grpc.infer("dimec_edge", token_inputs(grpcclient), compression_algorithm="gzip"),
    "grpc version": grpc.infer("dimec_edge", token_inputs(grpcclient), model_version=version, outputs=[grpcclient.InferRequestedOutput("logits")]),
}.items():
    logits.append(result.as_numpy("logits"))
    check(f"{name}: logits", logits[-1].shape == (2, classes) and logits[-1].dtype == np.float32 and np.array_equal(logits[-1], logits[0]))

for shape in ([3, 1], [3]):
    for name, result in {
        "http": http.infer("dimec", text_input(httpclient, shape), request_id="r7"),
        "http json": http.infer("dimec", text_input(httpclient, shape), request_id="r7", outputs=[httpclient.InferRequestedOutput(output, binary_data=False) for output in ("label", "probabilities")]),
        "grpc": grpc.infer("dimec", text_input(grpcclient, shape), request_id="r7"),
    }.items():
        labels.append([value.decode() if isinstance(value, bytes) else value for value in result.as_numpy("label").flatten()])
        probabilities.append(result.as_numpy("probabilities"))
        check(f"{name} {shape}: label", list(result.as_numpy("label").shape) == shape and labels[-1] == labels[0])
        check(f"{name} {shape}: probabilities", np.allclose(probabilities[-1].sum(axis=1), 1, atol=1e-6) and np.allclose(probabilities[-1], probabilities[0], atol=1e-7))
        response = result.get_response()
        check(f"{name} {shape}: id", (response["id"] if isinstance(response, dict) else response.id) == "r7")
        tier = response["parameters"]["dimec_tier"] if isinstance(response, dict) else response.parameters["dimec_tier"].string_param
        check(f"{name} {shape}: tier", tier == "edge")

again = [grpc.infer("dimec_edge", token_inputs(grpcclient)) for _ in range(20)]
check("the same answer each time", all(np.array_equal(result.as_numpy("logits"), logits[0]) for result in again))

refused("http unknown model", lambda: http.infer("nothing", token_inputs(httpclient)), "404", "nothing")
refused("grpc unknown model", lambda: grpc.infer("nothing", token_inputs(grpcclient)), "NOT_FOUND", "nothing")
refused("http unknown version", lambda: http.get_model_metadata("dimec", "99"), "404", "99")
refused("grpc unknown version", lambda: grpc.get_model_metadata("dimec", "99"), "NOT_FOUND", "99")
refused("http missing input", lambda: http.infer("dimec_edge", token_inputs(httpclient)[:1]), "400", "attention_mask")
refused("grpc missing input", lambda: grpc.infer("dimec_edge", token_inputs(grpcclient)[:1]), "INVALID_ARGUMENT", "attention_mask")
refused("http wrong input", lambda: http.infer("dimec_edge", text_input(httpclient, [3])), "400", "text")
refused("http other bundle", lambda: http.infer("dimec_edge", token_inputs(httpclient), parameters={"dimec_bundle": "beef"}), "400", "beef")
refused("grpc other bundle", lambda: grpc.infer("dimec_edge", token_inputs(grpcclient), parameters={"dimec_bundle": "beef"}), "FAILED_PRECONDITION", "beef")
check("still ready", http.is_server_ready() and grpc.is_server_ready())
print("all checks passed")
