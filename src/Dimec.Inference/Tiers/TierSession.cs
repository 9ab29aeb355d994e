using Dimec.Bundles;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dimec.Inference;

/// <summary>Opens an ONNX Runtime session for a tier and makes sure that it is the model which the manifest describes.</summary>
internal static class TierSession
{
    public static string[] OutputNames { get; } = [TierNames.Logits];

    public static string[] InputNames(BundleManifest manifest) => manifest.UsesTokenTypes
        ? [TierNames.InputIds, TierNames.AttentionMask, TierNames.TokenTypeIds]
        : [TierNames.InputIds, TierNames.AttentionMask];

    public static InferenceSession Load(Bundle bundle, BundleTier tier, TierModelOptions options)
    {
        var path = bundle.Verified(tier.Model);
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
            CheckInputs(session, bundle.Manifest, path);
            CheckOutput(session, bundle.Manifest.Labels.Count, path);
            return session;
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
        // Weights outside the arena, so that the arena can be given back.
        session.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
        return session;
    }

    private static void CheckInputs(InferenceSession session, BundleManifest manifest, string path)
    {
        var expected = InputNames(manifest);
        var fits = session.InputMetadata.Count == expected.Length && expected.All(name =>
            session.InputMetadata.TryGetValue(name, out var input)
            && input.ElementDataType == TensorElementType.Int64 && input.Dimensions.Length == 2);
        if (!fits)
        {
            throw new InputException(path,
                $"takes {string.Join(", ", session.InputMetadata.Keys)} where the bundle "
                + $"needs int64 [batch, sequence] inputs {string.Join(", ", expected)}",
                "export the bundle again");
        }
    }

    private static void CheckOutput(InferenceSession session, int classes, string path)
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
}
