using System.Security.Cryptography;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Naming;
using Dimec.Onnx;
using Dimec.Onnx.Reading;

namespace Dimec.Checkpoints.Onnx;

/// <summary>Reads the weights of an encoder out of an ONNX export, under Hugging Face's names.</summary>
/// <remarks>
/// Exporters keep the names of embeddings, biases and LayerNorms; the names of linear layers' matrices are recovered from the graph
/// (<see cref="OnnxModel.LinearLayerNames"/>), and each is transposed back to outputs × inputs.
/// </remarks>
public static class OnnxWeights
{
    /// <summary>Reads every floating-point initializer that has, or can be given, a name.</summary>
    /// <param name="stream">The ONNX model with its weights inside; read to its end.</param>
    /// <param name="where">What to call it in errors.</param>
    /// <param name="architecture">The encoder's family; null for BERT.</param>
    /// <returns>The tensors by canonical name.</returns>
    /// <exception cref="InputException">The stream is no ONNX model, its weights are in other files,
    /// or a tensor's bytes do not fit its shape.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(
        Stream stream, string where = "model.onnx", EncoderArchitecture? architecture = null) =>
            ReadWithSource(stream, where, architecture ?? Bert.Architecture).Weights;

    internal static (Dictionary<string, WeightTensor> Weights, WeightSource Source) ReadWithSource(
        Stream stream, string where, EncoderArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var hash = SHA256.Create();
        using var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Read, leaveOpen: true);
        using var counted = new CountingStream(hashed);
        try
        {
            var model = OnnxModel.Read(counted);
            // The hash covers the whole file, so the model's end must be the file's.
            counted.CopyTo(Stream.Null);
            return (Collect(model, where, architecture), new WeightSource(where, counted.Count, Convert.ToHexStringLower(hash.Hash!)));
        }
        catch (OnnxFormatException wrong)
        {
            throw new InputException(wrong.Tensor is null ? where : At(wrong.Tensor, where), wrong.Problem, wrong.Fix);
        }
    }

    private static Dictionary<string, WeightTensor> Collect(OnnxModel model, string where, EncoderArchitecture architecture)
    {
        var names = model.LinearLayerNames();
        var weights = new Dictionary<string, WeightTensor>();
        foreach (var tensor in model.FloatInitializers)
        {
            var transposed = names.TryGetValue(tensor.Name, out var resolved);
            var name = CanonicalName.Of(transposed ? resolved! : tensor.Name, architecture);
            if (!weights.TryAdd(name, transposed ? Transposed(name, tensor, where) : new WeightTensor(name, tensor.Shape, tensor.Values)))
                throw new InputException(At(tensor.Name, where), $"is a second one for {name}", "export the model again");
        }

        return weights;
    }

    private static string At(string tensor, string where) => $"{where} tensor {tensor}";

    private static WeightTensor Transposed(string name, OnnxTensor tensor, string where)
    {
        if (tensor.Shape is not [var rows, var columns])
        {
            throw new InputException(
                At(tensor.Name, where), $"has the shape [{string.Join(", ", tensor.Shape)}] where a linear layer has a matrix",
                "export the model again");
        }

        return new WeightTensor(name, [columns, rows], Matrix.Transpose(tensor.Values, rows, columns));
    }
}
