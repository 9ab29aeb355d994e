using System.Text.Json;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Rest;

/// <summary>The tensors of a REST body, as they stand in its JSON and its binary part.</summary>
internal static class RestTensorReader
{
    /// <summary>Reads an array of tensors; the reader stands on its opening bracket.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="binary">What is left of the binary part; shortened by what the tensors take.</param>
    /// <param name="key">The array's key, for messages.</param>
    /// <param name="isAnswer">Whether it is an answer, whose parameters are kept, or a request, whose data must
    /// be what its types say.</param>
    /// <exception cref="ProtocolException">They are not tensors, or too many in a request.</exception>
    public static List<Tensor> ReadTensors(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref ReadOnlyMemory<byte> binary, string key, bool isAnswer)
    {
        RestJson.RequireArray(ref reader, key);
        var tensors = new List<Tensor>();
        while (RestJson.NextElement(ref reader))
        {
            tensors.Add(RestTensorHeader.Read(ref reader, json, isAnswer).ToTensor(ref binary));
            InferRequest.CheckSize(0, isAnswer ? 0 : tensors.Count, 0);
        }

        return tensors;
    }
}
