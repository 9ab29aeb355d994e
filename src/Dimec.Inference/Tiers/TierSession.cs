using Dimec.Bundles;
using Dimec.Predictions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dimec.Inference;

/// <summary>
/// Opens an ONNX Runtime session for a stretch of layers and makes sure that it is the model which the manifest describes.
/// </summary>
internal static class TierSession
{
    public static string[] InputNames(BundleManifest manifest) => manifest.UsesTokenTypes
        ? [TierNames.InputIds, TierNames.AttentionMask, TierNames.TokenTypeIds]
        : [TierNames.InputIds, TierNames.AttentionMask];

    /// <summary>Opens the model of a stretch.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="file">The model's file in it.</param>
    /// <param name="layers">The layers that it runs.</param>
    /// <param name="options">How it uses the machine.</param>
    public static StretchSession Load(Bundle bundle, string file, LayerStretch layers, TierModelOptions options)
    {
        var path = bundle.Verified(file);
        OnnxRuntimeTelemetry.Decide();
        InferenceSession session;
        try
        {
            using var sessionOptions = Options(options);
            session = new InferenceSession(path, sessionOptions);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(path, $"cannot be loaded by ONNX Runtime ({e.Message})", "export the bundle again");
        }

        try
        {
            var hidden = bundle.Manifest.Embeddings.Hidden;
            CheckInputs(session, bundle.Manifest, layers, path);
            CheckLogits(session, bundle.Manifest.Labels.Count, path);
            CheckStates(session.OutputMetadata, StretchSession.StatesOf(layers), "gives", hidden, path);
            return new StretchSession(session, layers, bundle.Manifest.Labels.Count, hidden);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static SessionOptions Options(TierModelOptions options)
    {
        var session = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            // A pattern is kept for each shape, and texts have many shapes.
            EnableMemoryPattern = false,
        };
        // A spinning pool burns the cores of its neighbours between runs.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        session.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        // Products of 8-bit numbers end at 16 bits on x64 without VNNI, and another answer comes of it (onnxruntime #6004); this way they
        // are added up in full, slower. It holds for every x64, so that it is asked for only where it is needed.
        if (Processor.Kind == ProcessorKind.X64)
            session.AddSessionConfigEntry("session.x64quantprecision", "1");
        // Weights outside the arena, so that the arena can be given back.
        session.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
        return session;
    }

    private static void CheckInputs(InferenceSession session, BundleManifest manifest, LayerStretch layers, string path)
    {
        var whole = layers.From == 0 ? InputNames(manifest) : [TierNames.AttentionMask];
        string[] expected = layers.From == 0 ? whole : [TierNames.HiddenStates, .. whole];
        var fits = session.InputMetadata.Count == expected.Length && whole.All(name =>
            session.InputMetadata.TryGetValue(name, out var input)
            && input.ElementDataType == TensorElementType.Int64 && input.Dimensions.Length == 2)
            && expected.All(session.InputMetadata.ContainsKey);
        if (!fits)
        {
            throw new InputException(path,
                $"takes {string.Join(", ", session.InputMetadata.Keys)} where the bundle "
                + $"needs int64 [batch, sequence] inputs {string.Join(", ", whole)}"
                + (layers.From == 0 ? "" : $" and fp32 {TierNames.HiddenStates}"),
                "export the bundle again");
        }

        CheckStates(session.InputMetadata, TierNames.HiddenStates, "takes", manifest.Embeddings.Hidden, path);
    }

    private static void CheckLogits(InferenceSession session, int classes, string path)
    {
        var fits = session.OutputMetadata.TryGetValue(TierNames.Logits, out var logits)
            && logits.ElementDataType == TensorElementType.Float && logits.Dimensions is [_, var columns] && columns == classes;
        if (!fits)
        {
            throw new InputException(path,
                $"gives {string.Join(", ", session.OutputMetadata.Keys)} where the bundle needs fp32 logits [batch, {classes}]",
                "export the bundle again");
        }
    }

    /// <summary>Hidden states, where there are any, have the encoder's size.</summary>
    private static void CheckStates(
        IReadOnlyDictionary<string, NodeMetadata> values, string name, string verb, int hidden, string path)
    {
        if (!values.TryGetValue(name, out var states)
            || (states.ElementDataType == TensorElementType.Float && states.Dimensions is [_, _, var size] && size == hidden))
        {
            return;
        }

        throw new InputException(path,
            $"{verb} {name} [{string.Join(", ", states.Dimensions)}] where the bundle "
            + $"needs fp32 [batch, sequence, {hidden}]",
            "export the bundle again");
    }
}
