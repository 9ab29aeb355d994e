using System.Security.Cryptography;
using Dimec.Checkpoints.Naming;
using Google.Protobuf;

namespace Dimec.Checkpoints.Onnx;

/// <summary>Reads the weights of a BERT encoder out of an ONNX export, under Hugging Face's names.</summary>
/// <remarks>
/// Exporters keep the names of embeddings, biases and LayerNorms but fold each linear layer's transposition, so that its matrix becomes an
/// anonymous constant such as <c>onnx::MatMul_1234</c> of shape inputs × outputs. Its name is recovered from the graph: the bias that is added
/// to the product has one. The matrix is transposed back to outputs × inputs.
/// </remarks>
public static class OnnxWeights
{
    /// <summary>Reads every floating-point initializer that has, or can be given, a name.</summary>
    /// <param name="stream">The ONNX model with its weights inside; read to its end.</param>
    /// <param name="where">What to call it in errors.</param>
    /// <returns>The tensors by canonical name.</returns>
    /// <exception cref="InputException">The stream is no ONNX model, its weights are in other files, or a tensor's bytes do not fit its shape.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(Stream stream, string where = "model.onnx") => ReadWithSource(stream, where).Weights;

    internal static (Dictionary<string, WeightTensor> Weights, SourceFile Source) ReadWithSource(Stream stream, string where)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var hash = SHA256.Create();
        using var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Read, leaveOpen: true);
        using var counted = new CountingStream(hashed);
        var graph = Parse(counted, where);
        return (Collect(graph, where), new SourceFile(where, counted.Count, Convert.ToHexStringLower(hash.Hash!)));
    }

    private static GraphProto Parse(CountingStream stream, string where)
    {
        try
        {
            var graph = ModelProto.Parser.ParseFrom(CodedInputStream.CreateWithLimits(stream, int.MaxValue, 100)).Graph;
            // The hash covers the whole file, so the parser's end must be the file's.
            stream.CopyTo(Stream.Null);
            return graph ?? throw new InputException(where, "holds no graph", "give an ONNX model");
        }
        catch (InvalidProtocolBufferException)
        {
            throw new InputException(where, "is no ONNX model, or is truncated", "give the complete .onnx file");
        }
    }

    private static Dictionary<string, WeightTensor> Collect(GraphProto graph, string where)
    {
        var names = LinearLayerNames.Resolve(graph);
        var weights = new Dictionary<string, WeightTensor>();
        foreach (var initializer in graph.Initializer)
        {
            if (!OnnxTensorReader.IsFloat(initializer))
                continue;
            var transposed = names.TryGetValue(initializer.Name, out var resolved);
            var name = CanonicalName.Of(transposed ? resolved! : initializer.Name);
            var tensor = OnnxTensorReader.Read(initializer, name, where);
            if (!weights.TryAdd(name, transposed ? Transpose(tensor) : tensor))
                throw new InputException($"{where} tensor {initializer.Name}", $"is a second one for {name}", "export the model again");
        }

        return weights;
    }

    private static WeightTensor Transpose(WeightTensor tensor)
    {
        var (rows, columns) = (tensor.Shape[0], tensor.Shape[1]);
        var values = new float[tensor.Values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[(column * rows) + row] = tensor.Values[(row * columns) + column];
        }

        return new WeightTensor(tensor.Name, [columns, rows], values);
    }
}
