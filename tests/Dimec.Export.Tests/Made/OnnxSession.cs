using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Inference;
using Dimec.Onnx.Format;
using Dimec.Predictions;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Dimec.Export.Tests.Made;

/// <summary>An exported model under ONNX Runtime, asked directly and without any code of Dimec's between.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    static OnnxSession() => OnnxRuntimeTelemetry.Decide();

    private OnnxSession(byte[] model, SessionOptions options) => _session = new InferenceSession(model, options);

    private OnnxSession(string file, SessionOptions options) => _session = new InferenceSession(file, options);

    public IEnumerable<string> InputNames => _session.InputMetadata.Keys;

    /// <summary>A model whose weights lie beside it.</summary>
    public static OnnxSession OpenFile(string file)
    {
        using var options = Options();
        return new OnnxSession(file, options);
    }

    public static byte[] Export(
        Checkpoint checkpoint, LayerStretch layers, bool tokenTypes = false, ModelPrecision precision = ModelPrecision.Fp32)
    {
        using var stream = new MemoryStream();
        OnnxExporter.Export(checkpoint, layers, tokenTypes, stream, precision);
        return stream.ToArray();
    }

    public static byte[] Export(
        Checkpoint checkpoint, int exit, bool tokenTypes = false, ModelPrecision precision = ModelPrecision.Fp32) =>
        Export(checkpoint, new LayerStretch(0, exit), tokenTypes, precision);

    public static OnnxSession Open(byte[] model)
    {
        using var options = Options();
        return new OnnxSession(model, options);
    }

    /// <summary>
    /// With exact sums, as our own tiers ask for them: else those of 8-bit products may end at 16 bits on processors without VNNI
    /// (docs/precision.md).
    /// </summary>
    private static SessionOptions Options()
    {
        var options = new SessionOptions { IntraOpNumThreads = 2 };
        options.AddSessionConfigEntry("session.x64quantprecision", "1");
        return options;
    }

    /// <summary>Opens a model with inner values as further outputs.</summary>
    public static OnnxSession Open(byte[] model, params string[] innerValues)
    {
        var proto = ModelProto.Parser.ParseFrom(model);
        proto.Graph.Output.AddRange(proto.Graph.ValueInfo.Where(value => innerValues.Contains(value.Name)));
        return Open(proto.ToByteArray());
    }

    /// <summary>The model as ONNX Runtime runs it, after its optimisations.</summary>
    public static ModelProto Optimise(byte[] model, string file)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            OptimizedModelFilePath = file,
        };
        using (new InferenceSession(model, options))
            return ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
    }

    public float[] Run(long[] ids, long[] mask, long[]? types, int batch, string output = "logits")
    {
        long[] shape = [batch, ids.Length / batch];
        var inputs = new Dictionary<string, OrtValue>
        {
            ["input_ids"] = OrtValue.CreateTensorValueFromMemory(ids, shape),
            ["attention_mask"] = OrtValue.CreateTensorValueFromMemory(mask, shape),
        };
        if (types is not null)
            inputs["token_type_ids"] = OrtValue.CreateTensorValueFromMemory(types, shape);
        try
        {
            using var options = new RunOptions();
            using var results = _session.Run(options, inputs, [output]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (var value in inputs.Values)
                value.Dispose();
        }
    }

    /// <summary>Runs a model that goes on from hidden states.</summary>
    public float[] RunFrom(float[] hidden, long[] mask, int batch, string output = "logits")
    {
        long[] shape = [batch, mask.Length / batch];
        using var states = OrtValue.CreateTensorValueFromMemory(hidden, [.. shape, hidden.Length / mask.Length]);
        using var real = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var options = new RunOptions();
        using var results = _session.Run(
            options, new Dictionary<string, OrtValue> { ["hidden_states"] = states, ["attention_mask"] = real }, [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();
}
