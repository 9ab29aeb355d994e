using System.Buffers;
using System.Text.Json;

namespace Dimec.OpenInference.Rest;

/// <summary>The answer to <c>POST v2/models/…/infer</c>: JSON, then the binary data of the tensors that say so.</summary>
public static class RestResponseCodec
{
    /// <summary>Writes a response.</summary>
    /// <param name="response">What to write.</param>
    /// <param name="isBinary">Which outputs travel as binary data.</param>
    /// <returns>The body, and the length of the JSON at its start; null: the body is JSON only.</returns>
    public static (byte[] Body, int? HeaderLength) Write(InferResponse response, Func<string, bool> isBinary)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model_name", response.Model);
            writer.WriteString("model_version", response.Version);
            if (response.Id.Length > 0)
                writer.WriteString("id", response.Id);
            writer.WriteStartObject("parameters");
            RestJson.WriteParameters(writer, response.Parameters);
            writer.WriteEndObject();
            writer.WriteStartArray("outputs");
            foreach (var output in response.Outputs)
                RestTensorWriter.WriteHeader(writer, output, isBinary(output.Name));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var headerLength = buffer.WrittenCount;
        var binary = response.Outputs.Where(output => isBinary(output.Name)).ToList();
        foreach (var output in binary)
            buffer.Write(output.Raw.Span);
        return (buffer.WrittenSpan.ToArray(), binary.Count > 0 ? headerLength : null);
    }

    /// <summary>Reads a response's body.</summary>
    /// <param name="body">The whole body, decompressed.</param>
    /// <param name="headerLength">The length of the JSON at its start.</param>
    /// <exception cref="ProtocolException">The body is not a response of this protocol.</exception>
    public static InferResponse Read(ReadOnlyMemory<byte> body, int headerLength)
        => RestJson.Guard(() => ReadJson(JsonBytes.RequireText(body[..headerLength].Span), body[headerLength..]));

    private static InferResponse ReadJson(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        RestJson.RequireObject(ref reader, "the answer");
        var response = new InferResponse("", "", "", new Dictionary<string, ParameterValue>(), []);
        while (RestJson.NextProperty(ref reader, out var key))
        {
            switch (key)
            {
                case "model_name":
                    response = response with { Model = RestJson.ReadString(ref reader, key) };
                    break;
                case "id" when reader.TokenType == JsonTokenType.String:
                    response = response with { Id = reader.GetString()! };
                    break;
                case "model_version" when reader.TokenType == JsonTokenType.String:
                    response = response with { Version = reader.GetString()! };
                    break;
                case "parameters" when reader.TokenType == JsonTokenType.StartObject:
                    response = response with { Parameters = RestJson.ReadAnyParameters(ref reader) };
                    break;
                case "outputs":
                    response = response with { Outputs = RestTensorReader.ReadTensors(ref reader, json, ref binary, key, isAnswer: true) };
                    break;
                default:
                    RestJson.Skip(ref reader);
                    break;
            }
        }

        return response;
    }
}
