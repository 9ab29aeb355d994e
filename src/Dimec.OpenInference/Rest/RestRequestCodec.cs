using System.Buffers;
using System.Text.Json;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Rest;

/// <summary>The body of <c>POST v2/models/…/infer</c>: JSON, then the binary data of the tensors that say so.</summary>
public static class RestRequestCodec
{
    /// <summary>Reads a request's body.</summary>
    /// <param name="model">The model that the address names.</param>
    /// <param name="version">The version that the address names; empty: none.</param>
    /// <param name="body">The whole body, decompressed.</param>
    /// <param name="headerLength">The length of the JSON at its start.</param>
    /// <exception cref="ProtocolException">The body is not a request of this protocol.</exception>
    public static InferRequest Read(string model, string version, ReadOnlyMemory<byte> body, int headerLength)
        => RestJson.Guard(() => ReadJson(model, version, JsonBytes.RequireText(body[..headerLength].Span), body[headerLength..]));

    /// <summary>A body that is one input's data and nothing else (header length 0): an element of BYTES, without its length.</summary>
    /// <param name="model">The model that the address names.</param>
    /// <param name="version">The version that the address names; empty: none.</param>
    /// <param name="input">The model's only input.</param>
    /// <param name="body">The element.</param>
    public static InferRequest FromRawText(string model, string version, string input, ReadOnlyMemory<byte> body)
        => new(model, [Tensor.FromBytes(input, [1], [body])]) { Version = version, BinaryOutput = true };

    /// <summary>Writes a request.</summary>
    /// <param name="request">What to write.</param>
    /// <param name="binary">Whether its inputs travel as binary data behind the JSON, and its outputs are asked for so.</param>
    /// <returns>The body, and the length of the JSON at its start.</returns>
    /// <exception cref="ProtocolException">A tensor cannot travel as JSON.</exception>
    public static (byte[] Body, int HeaderLength) Write(InferRequest request, bool binary = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (request.Id.Length > 0)
                writer.WriteString("id", request.Id);
            writer.WriteStartObject("parameters");
            RestJson.WriteParameters(writer, request.Parameters);
            if (binary && request.Outputs.Count == 0)
                writer.WriteBoolean(RestNames.BinaryDataOutput, true);
            writer.WriteEndObject();
            writer.WriteStartArray("inputs");
            foreach (var input in request.Inputs)
                RestTensorWriter.WriteHeader(writer, input, binary);
            writer.WriteEndArray();
            WriteOutputs(writer, request.Outputs, binary);
            writer.WriteEndObject();
        }

        var headerLength = buffer.WrittenCount;
        foreach (var input in binary ? request.Inputs : [])
            buffer.Write(input.Raw.Span);
        return (buffer.WrittenSpan.ToArray(), headerLength);
    }

    private static void WriteOutputs(Utf8JsonWriter writer, IReadOnlyList<RequestedOutput> outputs, bool binary)
    {
        if (outputs.Count == 0)
            return;
        writer.WriteStartArray("outputs");
        foreach (var output in outputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", output.Name);
            writer.WriteStartObject("parameters");
            RestJson.WriteParameters(writer, output.Parameters);
            if (binary || output.Binary is not null)
                writer.WriteBoolean(RestNames.BinaryData, output.Binary ?? true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static InferRequest ReadJson(string model, string version, ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        RestJson.RequireObject(ref reader, "the body");
        var request = new InferRequest(model, []) { Version = version };
        var sawInputs = false;
        var seen = 0;
        while (RestJson.NextProperty(ref reader, out var key))
        {
            RestJson.Once(ref seen, key, ["id", "parameters", "inputs", "outputs"]);
            switch (key)
            {
                case "id":
                    request = request with { Id = RestJson.ReadString(ref reader, key) };
                    break;
                case "parameters":
                    var binaryOutput = false;
                    request = request with
                    {
                        Parameters = RestJson.ReadParameters(ref reader, ref binaryOutput),
                        BinaryOutput = binaryOutput,
                    };
                    break;
                case "inputs":
                    request = request with { Inputs = RestTensorReader.ReadTensors(ref reader, json, ref binary, key, isAnswer: false) };
                    sawInputs = true;
                    break;
                case "outputs":
                    request = request with { Outputs = ReadOutputs(ref reader) };
                    break;
                default:
                    RestJson.Skip(ref reader);
                    break;
            }
        }

        // Reads to the end, so that anything after the object is found.
        while (reader.Read())
        {
        }

        if (!sawInputs)
            throw new ProtocolException("the request has no 'inputs'");
        InferRequest.CheckSize(request.Id.Length, request.Inputs.Count, request.Outputs.Count);
        if (binary.Length > 0)
            throw new ProtocolException($"the body has {binary.Length} bytes of binary data that no input names");
        return request;
    }

    private static List<RequestedOutput> ReadOutputs(ref Utf8JsonReader reader)
    {
        RestJson.RequireArray(ref reader, "outputs");
        var outputs = new List<RequestedOutput>();
        while (RestJson.NextElement(ref reader))
        {
            outputs.Add(ReadOutput(ref reader));
            InferRequest.CheckSize(0, 0, outputs.Count);
        }

        return outputs;
    }

    private static RequestedOutput ReadOutput(ref Utf8JsonReader reader)
    {
        RestJson.RequireObject(ref reader, "a requested output");
        var output = new RequestedOutput("");
        string? name = null;
        while (RestJson.NextProperty(ref reader, out var key))
        {
            if (key == "name")
                name = RestJson.ReadString(ref reader, key);
            else if (key == "parameters")
                output = ReadWishes(ref reader, output);
            else
                RestJson.Skip(ref reader);
        }

        return output with { Name = name ?? throw new ProtocolException("a requested output has no 'name'") };
    }

    private static RequestedOutput ReadWishes(ref Utf8JsonReader reader, RequestedOutput output)
    {
        RestJson.RequireObject(ref reader, "parameters");
        while (RestJson.NextProperty(ref reader, out var key))
        {
            if (key == RestNames.BinaryData)
                output = output with { Binary = RestJson.ReadBool(ref reader, key) };
            else if (key == ClassificationParameter.Key)
                output = output with { Parameters = ClassificationParameter.Read(RestJson.ReadAnyParameter(ref reader)) };
            else
                TensorCoding.Check("a requested output", key, RestJson.ReadParameter(ref reader));
        }

        return output;
    }
}
