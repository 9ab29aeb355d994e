// A server of the Open Inference Protocol v2 over REST and gRPC, written from its specification: it serves ONNX files under names, and
// knows nothing of bundles, plans or tiers. What it does not know it refuses.
//
//   node server.mjs '{"models":{"dimec_edge":"/bundle/dimec_edge.onnx"},"version":"1","binary":true}'
//
// A line of JSON says where it answers. A line on its standard input is how it lies from then on: shape, nan, fail, forget, or none.
import http from 'node:http';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import ort from 'onnxruntime-node';

const { models: files, version = '1', versioned = true, binary = true } = JSON.parse(process.argv[2]);
const extensions = binary ? ['binary_tensor_data'] : [];
const datatypes = { int64: 'INT64', float32: 'FP32' };
const arrays = { INT64: BigInt64Array, FP32: Float32Array };
let lie = 'none';

class Refusal extends Error {
  constructor(message, status, code) {
    super(message);
    Object.assign(this, { status, code });
  }
}
const invalid = message => new Refusal(message, 400, grpc.status.INVALID_ARGUMENT);
const missing = message => new Refusal(message, 404, grpc.status.NOT_FOUND);

const sessions = new Map();
for (const [name, file] of Object.entries(files)) {
  sessions.set(name, await ort.InferenceSession.create(file, { intraOpNumThreads: 1, logSeverityLevel: 3 }));
}

function find(name, at) {
  const session = lie === 'forget' ? undefined : sessions.get(name);
  if (!session || (at && (!versioned || at !== version))) {
    throw missing(`model '${name}'${at ? ` version '${at}'` : ''} is not found`);
  }
  return session;
}

const tensors = metadata => metadata.map(({ name, type, shape }) => ({
  name, datatype: datatypes[type], shape: shape.map(size => (typeof size === 'number' ? size : -1)),
}));
const describe = (name, session) => ({
  name, versions: versioned ? [version] : [], platform: 'onnxruntime_onnx',
  inputs: tensors(session.inputMetadata), outputs: tensors(session.outputMetadata),
});

function refuseUnknown(parameters, known) {
  for (const name of Object.keys(parameters ?? {})) {
    if (!known.includes(name)) throw invalid(`parameter '${name}' is unknown`);
  }
}

async function infer(name, at, inputs, wanted) {
  if (lie === 'fail') throw new Refusal('out of memory', 500, grpc.status.INTERNAL);
  const session = find(name, at);
  const feeds = {};
  for (const { name: input, datatype, shape, values } of inputs) {
    if (!session.inputNames.includes(input)) throw invalid(`input '${input}' is unknown`);
    if (values.length !== shape.reduce((all, size) => all * size, 1)) throw invalid(`input '${input}' has ${values.length} values`);
    feeds[input] = new ort.Tensor(datatype === 'INT64' ? 'int64' : 'float32', values, shape);
  }
  const names = wanted.length > 0 ? wanted : session.outputNames;
  for (const output of names) {
    if (!session.outputNames.includes(output)) throw invalid(`output '${output}' is unknown`);
  }
  let results;
  try {
    results = await session.run(feeds, names);
  } catch (error) {
    throw invalid(error.message);
  }
  return names.map(output => {
    const { type, dims, data } = results[output];
    if (lie === 'nan') data[data.length - 1] = NaN;
    const shape = lie === 'shape' ? [...dims, 1] : [...dims];
    return { name: output, datatype: datatypes[type], shape, values: data };
  });
}

const valuesOf = (datatype, bytes) => {
  const type = arrays[datatype];
  if (!type) throw invalid(`datatype '${datatype}' is unknown`);
  if (bytes.length % type.BYTES_PER_ELEMENT !== 0) throw invalid('the data ends within a number');
  return new type(Uint8Array.from(bytes).buffer);
};
const bytesOf = values => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

// REST

async function rest(request, body) {
  const url = new URL(request.url, 'http://host').pathname;
  if (url === '/v2') return { name: 'foreign', version: '1.0', extensions };
  if (url === '/v2/health/live' || url === '/v2/health/ready') return { live: true, ready: true };
  const [, name, at, ready, run] = /^\/v2\/models\/([^/]+)(?:\/versions\/([^/]+))?(?:(\/ready)|(\/infer))?$/.exec(url) ?? [];
  if (name === undefined) throw missing('no such address');
  if (!run) return ready ? { name, ready: !!find(name, at) } : describe(name, find(name, at));
  const length = request.headers['inference-header-content-length'];
  if (length !== undefined && !binary) throw invalid('the binary extension is unknown');
  const head = length === undefined ? body.length : Number(length);
  const json = JSON.parse(body.subarray(0, head).toString('utf8'));
  refuseUnknown(json.parameters, binary ? ['binary_data_output'] : []);
  let place = head;
  const inputs = json.inputs.map(({ name, datatype, shape, data, parameters }) => {
    refuseUnknown(parameters, binary ? ['binary_data_size'] : []);
    const size = parameters?.binary_data_size;
    if (size === undefined) {
      const flat = data.flat(Infinity);
      return { name, datatype, shape, values: datatype === 'INT64' ? BigInt64Array.from(flat, BigInt) : Float32Array.from(flat) };
    }
    place += size;
    return { name, datatype, shape, values: valuesOf(datatype, body.subarray(place - size, place)) };
  });
  for (const output of json.outputs ?? []) refuseUnknown(output.parameters, binary ? ['binary_data'] : []);
  const outputs = await infer(name, at, inputs, (json.outputs ?? []).map(output => output.name));
  const parts = [];
  const written = outputs.map(({ values, ...output }) => {
    const wanted = json.outputs?.find(other => other.name === output.name)?.parameters?.binary_data ?? json.parameters?.binary_data_output;
    if (!wanted) return { ...output, data: Array.from(values) };
    parts.push(bytesOf(values));
    return { ...output, parameters: { binary_data_size: values.byteLength } };
  });
  return { answer: { model_name: name, model_version: version, outputs: written }, parts };
}

const restServer = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let status = 200;
  let said;
  try {
    said = await rest(request, Buffer.concat(chunks));
  } catch (error) {
    status = error.status ?? 400;
    said = { error: error.message };
  }
  const json = Buffer.from(JSON.stringify(said.answer ?? said));
  const parts = said.parts ?? [];
  const headers = { 'content-type': parts.length > 0 ? 'application/octet-stream' : 'application/json' };
  if (parts.length > 0) headers['inference-header-content-length'] = json.length;
  response.writeHead(status, headers).end(Buffer.concat([json, ...parts]));
});

// gRPC

const { inference } = grpc.loadPackageDefinition(
  protoLoader.loadSync(fileURLToPath(new URL('open_inference.proto', import.meta.url)), { keepCase: true, longs: Number, defaults: true }));
const call = answer => async (request, callback) => {
  try {
    callback(null, await answer(request.request));
  } catch (error) {
    callback({ code: error.code ?? grpc.status.INVALID_ARGUMENT, details: error.message });
  }
};
const grpcServer = new grpc.Server({ 'grpc.max_receive_message_length': 64 << 20 });
grpcServer.addService(inference.GRPCInferenceService.service, {
  ServerLive: call(() => ({ live: true })),
  ServerReady: call(() => ({ ready: true })),
  ModelReady: call(({ name, version }) => ({ ready: !!find(name, version) })),
  ServerMetadata: call(() => ({ name: 'foreign', version: '1.0', extensions: [] })),
  ModelMetadata: call(({ name, version }) => describe(name, find(name, version))),
  ModelInfer: call(async ({ model_name, model_version, parameters, inputs, outputs, raw_input_contents }) => {
    refuseUnknown(parameters, []);
    const given = inputs.map(({ name, datatype, shape, contents }, place) => ({
      name, datatype, shape,
      values: raw_input_contents.length > 0
        ? valuesOf(datatype, raw_input_contents[place])
        : datatype === 'INT64' ? BigInt64Array.from(contents.int64_contents, BigInt) : Float32Array.from(contents.fp32_contents),
    }));
    const answers = await infer(model_name, model_version, given, outputs.map(output => output.name));
    return {
      model_name, model_version: version,
      outputs: answers.map(({ name, datatype, shape }) => ({ name, datatype, shape })),
      raw_output_contents: answers.map(({ values }) => bytesOf(values)),
    };
  }),
});

const grpcPort = await new Promise((done, failed) => grpcServer.bindAsync(
  '127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => (error ? failed(error) : done(port))));
restServer.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ http: `http://127.0.0.1:${restServer.address().port}`, grpc: `grpc://127.0.0.1:${grpcPort}` })));
readline.createInterface({ input: process.stdin })
  .on('line', line => {
    lie = line;
    console.log(JSON.stringify({ lie }));
  })
  .on('close', () => process.exit(0));
