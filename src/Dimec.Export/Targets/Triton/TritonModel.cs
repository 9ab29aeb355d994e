using System.Globalization;
using Dimec.Bundles;
using Dimec.Files;
using Dimec.Onnx;
using Dimec.Onnx.Reading;
using Dimec.Onnx.Writing;
using Dimec.Predictions;

namespace Dimec.Export.Targets.Triton;

/// <summary>A model of a repository: its configuration, its labels, and its files under the bundle's revision.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="settings">The cores of the server.</param>
/// <param name="name">The model's name on the wire: that of its folder.</param>
/// <param name="model">The ONNX file.</param>
/// <param name="weights">The files that hold its weights; none where it holds them itself.</param>
internal sealed class TritonModel(
    TargetBundle bundle, TargetSettings settings, string name, string model, IReadOnlyList<string> weights)
{
    /// <summary>The file of the classes' names, by which Triton's extension "classification" names them.</summary>
    private const string Labels = "labels.txt";

    /// <summary>The most rows of a request that our client sends by default, and so the most that Triton may put together.</summary>
    private const int MostRows = 32;

    /// <summary>As many requests wait at most as a tier of Dimec lets wait by default.</summary>
    private const int MostWaiting = 256;

    /// <summary>
    /// How long an accelerator waits for more rows. On a processor larger runs save nothing (docs/serving.md), and what waits while others
    /// run is run together anyway.
    /// </summary>
    private const int AcceleratorDelayMicroseconds = 1000;

    public IEnumerable<TargetFile> Files()
    {
        yield return TargetFile.Of($"{name}/config.pbtxt", Configuration());
        if (HasLabels)
            yield return TargetFile.Of($"{name}/{Labels}", string.Concat(bundle.Manifest.Labels.Select(label => $"{label}\n")));
        var version = string.Create(CultureInfo.InvariantCulture, $"{name}/{bundle.Manifest.Revision}");
        // A model whose weights lie beside it is a folder of the name that a model's file has.
        var place = weights.Count == 0 ? version : $"{version}/model.onnx";
        yield return TargetFile.Copy($"{place}/model.onnx", bundle.PathOf(model));
        foreach (var file in weights)
            yield return TargetFile.Copy($"{place}/{file}", bundle.PathOf(file));
    }

    /// <summary>A line is a name there, so a name with a line's end in it would shift all that follow.</summary>
    private bool HasLabels => !bundle.Manifest.Labels.Any(label => label.AsSpan().ContainsAny('\r', '\n'));

    private bool IsForAccelerators => bundle.Manifest.Precision == ModelPrecision.Fp16;

    private string Configuration()
    {
        var (inputs, outputs) = Values();
        var text = new ConfigText();
        text.String("name", name);
        text.String("platform", "onnxruntime_onnx");
        text.Value("max_batch_size", MostRows);
        text.Comment("Bundles of several revisions may stand side by side: a client asks for its own.");
        text.Message("version_policy", () => text.Message("all", () => { }));
        foreach (var value in inputs)
            text.Message("input", () => Tensor(text, value));
        foreach (var value in outputs)
        {
            text.Message("output", () =>
            {
                Tensor(text, value);
                if (value.Name == TierNames.Logits && HasLabels)
                    text.String("label_filename", Labels);
            });
        }

        text.Comment("Only requests of equal shape are run together: who asks pads to one of dimec_length_buckets, below.");
        text.Message("dynamic_batching", () =>
        {
            text.Value("max_queue_delay_microseconds", IsForAccelerators ? AcceleratorDelayMicroseconds : 0);
            text.Comment("A request that has waited longer than its own parameter 'timeout' (microseconds) is refused, not run.");
            text.Message("default_queue_policy", () =>
            {
                text.Value("timeout_action", "REJECT");
                text.Value("allow_timeout_override", "true");
                text.Value("max_queue_size", MostWaiting);
            });
        });
        text.Message("instance_group", () =>
        {
            text.Value("count", IsForAccelerators ? 1 : settings.Cores);
            text.Value("kind", IsForAccelerators ? "KIND_GPU" : "KIND_CPU");
        });
        if (!IsForAccelerators)
            text.Parameter("intra_op_thread_count", "1");
        text.Parameter("dimec_bundle", bundle.Hash);
        text.Parameter("dimec_length_buckets", string.Join(',', Lengths));
        text.Comment("A shape's first run takes memory and time that nobody should wait for.");
        foreach (var length in Lengths)
            text.Message("model_warmup", () => Warmup(text, inputs, length));
        return text.ToString();
    }

    private IReadOnlyList<int> Lengths => LengthBuckets.UpTo(bundle.Manifest.MaxLength);

    private (IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs) Values()
    {
        var path = bundle.PathOf(model);
        using var stream = InputFile.OpenRead(path);
        try
        {
            var read = OnnxModel.Read(stream);
            return (read.Inputs, read.Outputs);
        }
        catch (OnnxFormatException wrong)
        {
            throw new InputException(path, wrong.Problem, "export the bundle again");
        }
    }

    private static void Tensor(ConfigText text, OnnxValue value)
    {
        text.String("name", value.Name);
        text.Value("data_type", TypeOf(value));
        text.Value("dims", $"[ {string.Join(", ", Dimensions(value, anyLength: -1))} ]");
    }

    private static void Warmup(ConfigText text, IReadOnlyList<OnnxValue> inputs, int length)
    {
        text.String("name", string.Create(CultureInfo.InvariantCulture, $"{length} tokens"));
        text.Value("batch_size", 1);
        foreach (var value in inputs)
        {
            text.Message("inputs", () =>
            {
                text.String("key", value.Name);
                text.Message("value", () =>
                {
                    text.Value("data_type", TypeOf(value));
                    text.Value("dims", $"[ {string.Join(", ", Dimensions(value, length))} ]");
                    text.Value("zero_data", "true");
                });
            });
        }
    }

    /// <summary>Without the batch's axis, which the first is.</summary>
    private static IEnumerable<long> Dimensions(OnnxValue value, long anyLength) =>
        value.Shape.Skip(1).Select(axis => axis.Symbol is null ? axis.Size : anyLength);

    private static string TypeOf(OnnxValue value) => value.Type switch
    {
        ElementType.Float => "TYPE_FP32",
        ElementType.Int64 => "TYPE_INT64",
        _ => throw new InputException(value.Name, $"is of ONNX's type {(int)value.Type}", "export the bundle again"),
    };
}
