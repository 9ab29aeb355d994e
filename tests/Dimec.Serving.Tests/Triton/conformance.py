"""Asks a running tier whatever NVIDIA's client of Triton can ask a server. Prints a line a check; a failure ends it with a traceback.

Arguments: the address of REST, that of gRPC, the models' version, the number of classes.
"""
import asyncio
import queue
import sys

import numpy as np
import tritonclient.grpc as grpcclient
import tritonclient.grpc.aio as grpcaio
import tritonclient.http as httpclient
import tritonclient.http.aio as httpaio
from tritonclient.utils import InferenceServerException

http_url, grpc_url, version, classes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
EXTENSIONS = ["binary_tensor_data", "classification", "model_configuration", "model_repository", "statistics"]
IDS = np.array([[5, 6, 7], [5, 6, 0]], dtype=np.int64)
MASK = np.array([[1, 1, 1], [1, 1, 0]], dtype=np.int64)
TEXTS = np.array([["a fine film"], ["dull"], ["ünïcödé ϧϧ"]], dtype=object)


def check(name, condition):
    assert condition, name
    print(name)


def refused(name, call, *words):
    try:
        call()
    except InferenceServerException as error:
        check(f"{name}: {error}", all(word in str(error) for word in words))
    else:
        check(name, False)


async def refused_async(name, call, *words):
    try:
        await call
    except InferenceServerException as error:
        check(f"{name}: {error}", all(word in str(error) for word in words))
    else:
        check(name, False)


def tokens(module, rows=2, **kind):
    ids, mask = np.resize(IDS, (rows, 3)), np.resize(MASK, (rows, 3))
    inputs = [module.InferInput("input_ids", [rows, 3], "INT64"), module.InferInput("attention_mask", [rows, 3], "INT64")]
    inputs[0].set_data_from_numpy(ids, **kind)
    inputs[1].set_data_from_numpy(mask, **kind)
    return inputs


def texts(module, shape=(3, 1), **kind):
    tensor = module.InferInput("text", list(shape), "BYTES")
    tensor.set_data_from_numpy(TEXTS.reshape(shape), **kind)
    return [tensor]


http, grpc = httpclient.InferenceServerClient(http_url, concurrency=4), grpcclient.InferenceServerClient(grpc_url)
both = (("http", http, httpclient), ("grpc", grpc, grpcclient))
WORDS = {
    "http": {"missing": "[404]", "wrong": "[400]", "not done": "[501]", "full": "[429]"},
    "grpc": {"missing": "NOT_FOUND", "wrong": "INVALID_ARGUMENT", "not done": "UNIMPLEMENTED", "full": "RESOURCE_EXHAUSTED"},
}
expected = grpc.infer("dimec_edge", tokens(grpcclient)).as_numpy("logits")

# What a server says of itself.
for name, client, module in both:
    metadata = client.get_server_metadata() if name == "http" else client.get_server_metadata(as_json=True)
    check(f"{name}: server metadata", metadata["name"] == "dimec" and metadata["extensions"] == EXTENSIONS)
    check(f"{name}: health", client.is_server_live() and client.is_server_ready() and client.is_model_ready("dimec", version))
    if name == "http":
        # Triton's client takes every refusal for "not ready".
        check(f"{name}: a model that is not there is not ready", not client.is_model_ready("nothing"))
    else:
        refused(f"{name}: a model that is not there", lambda: client.is_model_ready("nothing"), "NOT_FOUND", "nothing")
    refused(f"{name}: metadata of no model", lambda: client.get_model_metadata("nothing"), WORDS[name]["missing"], "nothing")

# How a model is set up: as perf_analyzer reads it.
config = {"http": http.get_model_config("dimec_edge", version), "grpc": grpc.get_model_config("dimec_edge", version, as_json=True)["config"]}
for name, value in config.items():
    check(f"{name}: config", value["name"] == "dimec_edge" and value["max_batch_size"] == 128 and value["backend"] == "onnxruntime")
    check(f"{name}: config's tensors", value["input"][0]["data_type"] == "TYPE_INT64" and value["output"][0]["name"] == "logits")
check("http: config's integers are numbers", config["http"]["input"][0]["dims"] == [-1] and config["http"]["output"][0]["dims"] == [classes])
metadata = http.get_model_metadata("dimec_edge")
check("http: metadata has the batch's dimension before them", metadata["inputs"][0]["shape"] == [-1, -1] and metadata["outputs"][0]["shape"] == [-1, classes])
for name, client, module in both:
    refused(f"{name}: config of no model", lambda: client.get_model_config("nothing"), WORDS[name]["missing"])
    refused(f"{name}: config of no version", lambda: client.get_model_config("dimec", "99"), WORDS[name]["missing"], "99")

# Inference: every way that data travels, with and without outputs asked for.
ways = {
    "http binary": http.infer("dimec_edge", tokens(httpclient)),
    "http binary, outputs asked": http.infer("dimec_edge", tokens(httpclient), outputs=[httpclient.InferRequestedOutput("logits", binary_data=True)]),
    "http json in": http.infer("dimec_edge", tokens(httpclient, binary_data=False)),
    "http json in and out": http.infer("dimec_edge", tokens(httpclient, binary_data=False), outputs=[httpclient.InferRequestedOutput("logits", binary_data=False)]),
    "grpc": grpc.infer("dimec_edge", tokens(grpcclient)),
    "grpc, outputs asked": grpc.infer("dimec_edge", tokens(grpcclient), outputs=[grpcclient.InferRequestedOutput("logits")]),
    "grpc of a version": grpc.infer("dimec_edge", tokens(grpcclient), model_version=version),
    "http of a version": http.infer("dimec_edge", tokens(httpclient), model_version=version),
}
for algorithm in ("gzip", "deflate"):
    ways[f"http {algorithm}"] = http.infer(
        "dimec_edge", tokens(httpclient, rows=100), request_compression_algorithm=algorithm, response_compression_algorithm=algorithm)
    ways[f"http json {algorithm}"] = http.infer(
        "dimec_edge", tokens(httpclient, rows=100, binary_data=False), request_compression_algorithm=algorithm,
        response_compression_algorithm=algorithm, outputs=[httpclient.InferRequestedOutput("logits", binary_data=False)])
    ways[f"grpc {algorithm}"] = grpc.infer("dimec_edge", tokens(grpcclient, rows=100), compression_algorithm=algorithm)
for name, result in ways.items():
    logits = result.as_numpy("logits")
    check(f"{name}: logits", logits.dtype == np.float32 and np.array_equal(logits, np.resize(expected, logits.shape)))

labels, probabilities = [], []
for shape in ((3, 1), (3,)):
    for name, result in {
        "http": http.infer("dimec", texts(httpclient, shape)),
        "http json": http.infer("dimec", texts(httpclient, shape, binary_data=False), outputs=[httpclient.InferRequestedOutput(output, binary_data=False) for output in ("label", "probabilities")]),
        "grpc": grpc.infer("dimec", texts(grpcclient, shape)),
    }.items():
        labels.append([value.decode() if isinstance(value, bytes) else value for value in result.as_numpy("label").flatten()])
        probabilities.append(result.as_numpy("probabilities"))
        check(f"{name} {shape}: label", result.as_numpy("label").shape == shape and labels[-1] == labels[0])
        check(f"{name} {shape}: probabilities", np.allclose(probabilities[-1].sum(axis=1), 1, atol=1e-6) and np.allclose(probabilities[-1], probabilities[0], atol=1e-7))
        response = result.get_response()
        check(f"{name} {shape}: tier", (response["parameters"]["dimec_tier"] if isinstance(response, dict) else response.parameters["dimec_tier"].string_param) == "edge")

for name, client, module in both:
    parameters = {"dimec_probe": "1", "mine": 7, "ratio": 0.5, "yes": True}
    result = client.infer("dimec", texts(module), request_id="r-7", parameters=parameters, priority=3, timeout=5_000_000)
    response = result.get_response() if name == "http" else result.get_response(as_json=True)
    check(f"{name}: the id comes back", response["id"] == "r-7")
    check(f"{name}: no id is none", ("id" not in (http.infer("dimec", texts(httpclient)).get_response())) if name == "http" else grpc.infer("dimec", texts(grpcclient)).get_response().id == "")
    check(f"{name}: BYTES come as bytes", result.as_numpy("label").dtype == object and isinstance(result.as_numpy("label")[0, 0], bytes))
    check(f"{name}: all outputs where none is asked for", {output["name"] for output in response["outputs"]} == {"label", "probabilities"})
    check(f"{name}: an output that was not asked for is none", client.infer("dimec", texts(module), outputs=[module.InferRequestedOutput("label")]).as_numpy("probabilities") is None)

# Classification.
for name, client, module in both:
    best = client.infer("dimec_edge", tokens(module), outputs=[module.InferRequestedOutput("logits", class_count=classes)]).as_numpy("logits")
    check(f"{name}: classes have the shape [rows, classes]", best.shape == (2, classes))
    for row in range(2):
        values = [float(one.decode().split(":")[0]) for one in best[row]]
        places = [int(one.decode().split(":")[1]) for one in best[row]]
        check(f"{name}: row {row} is ranked", values == sorted(values, reverse=True) and np.array_equal(np.float32(values), expected[row][places]))
    label = client.infer("dimec", texts(module))
    one = client.infer("dimec", texts(module), outputs=[module.InferRequestedOutput("probabilities", class_count=1)])
    check(f"{name}: the best class is the label", [value.decode().split(":", 2)[2] for value in one.as_numpy("probabilities")[:, 0]] == [value.decode() for value in label.as_numpy("label")[:, 0]])
    refused(f"{name}: classes of a label", lambda: client.infer("dimec", texts(module), outputs=[module.InferRequestedOutput("label", class_count=1)]), WORDS[name]["wrong"], "label")
json = http.infer("dimec_edge", tokens(httpclient, binary_data=False), outputs=[httpclient.InferRequestedOutput("logits", binary_data=False, class_count=1)])
check("http json: classes", json.as_numpy("logits").shape == (2, 1))

# What is wrong, and what is not done.
for name, client, module in both:
    words = WORDS[name]
    refused(f"{name}: no such model", lambda: client.infer("nothing", tokens(module)), words["missing"], "nothing")
    refused(f"{name}: no such version", lambda: client.infer("dimec", texts(module), model_version="99"), words["missing"], "99")
    refused(f"{name}: no such output", lambda: client.infer("dimec", texts(module), outputs=[module.InferRequestedOutput("x")]), words["wrong"], "'x'")
    refused(f"{name}: a missing input", lambda: client.infer("dimec_edge", tokens(module)[:1]), words["wrong"], "attention_mask")
    refused(f"{name}: too many rows", lambda: client.infer("dimec_edge", tokens(module, rows=129)), words["wrong"], "129")
    wrong = module.InferInput("text", [1, 1, 1], "BYTES")
    wrong.set_data_from_numpy(np.array([[["a"]]], dtype=object))
    refused(f"{name}: a wrong shape", lambda: client.infer("dimec", [wrong]), words["wrong"], "[1,1,1]")
    other = module.InferInput("text", [1], "INT64")
    other.set_data_from_numpy(np.array([1], dtype=np.int64))
    refused(f"{name}: a wrong type", lambda: client.infer("dimec", [other]), words["wrong"], "INT64")
    large = module.InferInput("text", [1], "BYTES")
    large.set_data_from_numpy(np.array([b"x" * (17 << 20)], dtype=object))
    refused(f"{name}: more than is taken", lambda: client.infer("dimec", [large]), "[400]" if name == "http" else words["full"], "larger than")
    shared = tokens(module)
    shared[0].set_shared_memory("region", 48, offset=8)
    refused(f"{name}: an input in shared memory", lambda: client.infer("dimec_edge", shared), words["not done"], "shared")
    output = module.InferRequestedOutput("logits")
    output.set_shared_memory("region", 16)
    refused(f"{name}: an output into shared memory", lambda: client.infer("dimec_edge", tokens(module), outputs=[output]), words["not done"], "shared")
    for sequence in (42, "a-sequence"):
        refused(
            f"{name}: a sequence", lambda: client.infer("dimec_edge", tokens(module), sequence_id=sequence, sequence_start=True),
            words["not done"], "sequence_id")
    refused(
        f"{name}: another bundle", lambda: client.infer("dimec_edge", tokens(module), parameters={"dimec_bundle": "beef"}),
        "[400]" if name == "http" else "FAILED_PRECONDITION", "beef")
    client.load_model("dimec")
    refused(f"{name}: load what is not here", lambda: client.load_model("nothing"), words["missing"], "nothing")
    refused(f"{name}: load with files", lambda: client.load_model("dimec", config="{}", files={"file:1/model.onnx": b"x" * 100}), words["not done"])
    refused(f"{name}: unload", lambda: client.unload_model("dimec"), words["not done"], "deploy another")
    check(f"{name}: ready for all that", client.is_model_ready("dimec"))

# The repository, statistics, settings, shared memory.
index = {"http": http.get_model_repository_index(), "grpc": grpc.get_model_repository_index(as_json=True)["models"]}
for name, value in index.items():
    check(f"{name}: index", {"dimec", "dimec_edge"} <= {model["name"] for model in value} and all(model["state"] == "READY" for model in value))
before = http.get_inference_statistics("dimec_edge", version)["model_stats"][0]
for _ in range(3):
    http.infer("dimec_edge", tokens(httpclient))
    grpc.infer("dimec_edge", tokens(grpcclient))
after = {
    "http": http.get_inference_statistics("dimec_edge")["model_stats"][0],
    "grpc": grpc.get_inference_statistics("dimec_edge", version, as_json=True)["model_stats"][0],
}
for name, value in after.items():
    check(f"{name}: statistics count rows", int(value["inference_count"]) == before["inference_count"] + 12)
    check(f"{name}: statistics count requests", int(value["inference_stats"]["success"]["count"]) == before["inference_stats"]["success"]["count"] + 6)
    check(f"{name}: statistics take time", int(value["inference_stats"]["compute_infer"]["ns"]) > 0 and int(value["last_inference"]) > 0)
check("http: statistics are numbers", isinstance(after["http"]["inference_stats"]["fail"]["ns"], int))
check("http: statistics of all", {"dimec", "dimec_edge"} <= {model["name"] for model in http.get_inference_statistics()["model_stats"]})
check("grpc: statistics of all", len(grpc.get_inference_statistics().model_stats) == len(http.get_inference_statistics()["model_stats"]))
for name, client, module in both:
    refused(f"{name}: statistics of no model", lambda: client.get_inference_statistics("nothing"), WORDS[name]["missing"])
    trace = client.get_trace_settings() if name == "http" else client.get_trace_settings(as_json=True)
    check(f"{name}: trace settings", "OFF" in str(trace) and client.get_trace_settings(model_name="dimec"))
    refused(f"{name}: a trace", lambda: client.update_trace_settings(settings={"trace_level": ["TIMESTAMPS"]}), WORDS[name]["not done"], "traces")
    log = client.get_log_settings() if name == "http" else client.get_log_settings(as_json=True)
    check(f"{name}: log settings", "log_error" in str(log))
    refused(f"{name}: another log", lambda: client.update_log_settings(settings={"log_verbose_level": 1}), WORDS[name]["not done"], "logs")
    status = client.get_system_shared_memory_status(), client.get_cuda_shared_memory_status()
    check(f"{name}: no shared memory", status == ([], []) if name == "http" else not status[0].regions and not status[1].regions)
    client.unregister_system_shared_memory()
    client.unregister_cuda_shared_memory()
    refused(f"{name}: shared memory", lambda: client.register_system_shared_memory("region", "/region", 64), WORDS[name]["not done"], "shared")
    refused(f"{name}: CUDA's", lambda: client.register_cuda_shared_memory("region", b"AAAA", 0, 64), WORDS[name]["not done"], "shared")

# Without waiting: futures and callbacks.
futures = [http.async_infer("dimec_edge", tokens(httpclient), request_id=f"{i}") for i in range(16)]
for i, future in enumerate(futures):
    result = future.get_result()
    check(f"http: future {i}", result.get_response()["id"] == f"{i}" and np.array_equal(result.as_numpy("logits"), expected))
refused("http: a future of no model", lambda: http.async_infer("nothing", tokens(httpclient)).get_result(), "[404]")
answers = queue.Queue()
for i in range(16):
    grpc.async_infer("dimec_edge", tokens(grpcclient), lambda result, error: answers.put((result, error)), request_id=f"{i}")
called = [answers.get(timeout=60) for _ in range(16)]
check("grpc: callbacks", all(error is None for _, error in called) and {result.get_response().id for result, _ in called} == {f"{i}" for i in range(16)})
grpc.async_infer("nothing", tokens(grpcclient), lambda result, error: answers.put((result, error)))
check("grpc: a callback's error", "NOT_FOUND" in str(answers.get(timeout=60)[1]))

# A caller's own time, which is over before it began: any time that is to come might do.
refused("grpc: a client's time-out", lambda: grpc.infer("dimec_edge", tokens(grpcclient), client_timeout=-1), "DEADLINE_EXCEEDED")
check("grpc: a client's time-out that is long", np.array_equal(grpc.infer("dimec_edge", tokens(grpcclient), client_timeout=60).as_numpy("logits"), expected))


# A stream.
def stream(client, requests, **kind):
    answers = queue.Queue()
    client.start_stream(callback=lambda result, error: answers.put((result, error)), **kind)
    for request in requests:
        client.async_stream_infer(**request)
    got = [answers.get(timeout=120) for _ in requests]
    client.stop_stream()
    return got


for algorithm in (None, "gzip"):
    got = stream(grpc, [{"model_name": "dimec_edge", "inputs": tokens(grpcclient), "request_id": f"{i}"} for i in range(1000)], compression_algorithm=algorithm)
    check(f"stream, {algorithm}: 1000 answers in order", [result.get_response().id for result, _ in got] == [f"{i}" for i in range(1000)])
    check(f"stream, {algorithm}: each its own", all(np.array_equal(result.as_numpy("logits"), expected) for result, _ in got))
got = stream(grpc, [
    {"model_name": "dimec", "inputs": texts(grpcclient), "request_id": "0", "enable_empty_final_response": True},
    {"model_name": "nothing", "inputs": texts(grpcclient), "request_id": "1"},
    {"model_name": "dimec", "inputs": texts(grpcclient), "request_id": "2", "model_version": "99"},
    {"model_name": "dimec_edge", "inputs": tokens(grpcclient), "sequence_id": 42, "sequence_start": True, "sequence_end": True},
    {"model_name": "dimec_edge", "inputs": tokens(grpcclient), "outputs": [grpcclient.InferRequestedOutput("logits", class_count=1)]},
])
check("stream: an answer among errors", got[0][1] is None and got[0][0].get_response().parameters["triton_final_response"].bool_param)
check("stream: errors are one answer's", "nothing" in str(got[1][1]) and "99" in str(got[2][1]) and "sequence_id" in str(got[3][1]))
check("stream: goes on after them", got[4][1] is None and got[4][0].as_numpy("logits").shape == (2, 1))
ended = queue.Queue()
grpc.start_stream(callback=lambda result, error: ended.put(error), stream_timeout=0.5)
check("stream: a client's time-out", "DEADLINE_EXCEEDED" in str(ended.get(timeout=60)))
grpc.stop_stream()
grpc.start_stream(callback=lambda result, error: ended.put(error))
grpc.async_stream_infer("dimec_edge", tokens(grpcclient))
grpc.stop_stream(cancel_requests=True)
check("stream: a stream that was cancelled leaves the next one alone", stream(grpc, [{"model_name": "dimec_edge", "inputs": tokens(grpcclient)}])[0][1] is None)


# The same with asyncio.
async def with_asyncio():
    async with httpaio.InferenceServerClient(http_url) as http, grpcaio.InferenceServerClient(grpc_url) as grpc:
        for name, client, module in (("http", http, httpclient), ("grpc", grpc, grpcclient)):
            check(f"{name} asyncio: health", await client.is_server_live() and await client.is_server_ready() and await client.is_model_ready("dimec"))
            check(f"{name} asyncio: metadata", await client.get_server_metadata() and await client.get_model_metadata("dimec", version))
            check(f"{name} asyncio: config", await client.get_model_config("dimec"))
            check(f"{name} asyncio: index", await client.get_model_repository_index())
            check(f"{name} asyncio: statistics", await client.get_inference_statistics("dimec"))
            check(f"{name} asyncio: settings", await client.get_trace_settings() and await client.get_log_settings())
            await client.unregister_system_shared_memory()
            await client.unregister_cuda_shared_memory()
            await client.get_system_shared_memory_status()
            await client.get_cuda_shared_memory_status()
            words = WORDS[name]
            await client.load_model("dimec")
            await refused_async(f"{name} asyncio: load what is not here", client.load_model("nothing"), words["missing"])
            await refused_async(f"{name} asyncio: unload", client.unload_model("dimec"), words["not done"])
            await refused_async(f"{name} asyncio: no such model", client.infer("nothing", tokens(module)), words["missing"])
            results = await asyncio.gather(*(client.infer("dimec_edge", tokens(module), request_id=f"{i}") for i in range(16)))
            check(f"{name} asyncio: answers", all(np.array_equal(result.as_numpy("logits"), expected) for result in results))
        await refused_async("grpc asyncio: a client's time-out", grpc.infer("dimec_edge", tokens(grpcclient), client_timeout=-1), "DEADLINE_EXCEEDED")
        await refused_async("grpc asyncio: shared memory", grpc.register_system_shared_memory("region", "/region", 64), "UNIMPLEMENTED")

        async def requests():
            for i in range(100):
                yield {"model_name": "dimec_edge" if i % 10 else "nothing", "inputs": tokens(grpcclient), "request_id": f"{i}"}

        place = 0
        async for result, error in grpc.stream_infer(requests()):
            check(f"grpc asyncio: stream {place}", "nothing" in str(error) if place % 10 == 0 else result.get_response().id == f"{place}")
            place += 1
        check("grpc asyncio: all of the stream", place == 100)


asyncio.run(with_asyncio())
check("still ready", http.is_server_ready() and grpc.is_server_ready())
http.close()
grpc.close()
print("all checks passed")
