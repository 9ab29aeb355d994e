using System.Numerics.Tensors;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.HuggingFace;
using Dimec.Files;

namespace Dimec.Checkpoints;

/// <summary>An encoder's shape, weights and tokenizer, with the exits that training added; immutable and validated.</summary>
/// <remarks>
/// Weights have the names that Hugging Face gives an encoder of their family without a head (BERT's
/// <c>encoder.layer.0.attention.self.query.weight</c>, layers from 0); an exit at layer K (from 1) adds
/// <c>exits.K.classifier.{weight,bias}</c> (classes × H) and, for the head <c>pooler</c>, <c>exits.K.dense.{weight,bias}</c> (H × H).
/// </remarks>
public sealed class Checkpoint
{
    private const int MostNamed = 8;

    /// <summary>Creates a checkpoint and validates it.</summary>
    /// <param name="config">The encoder's shape.</param>
    /// <param name="weights">Every tensor that the configuration and the exits call for, by canonical name; others are dropped.</param>
    /// <param name="exits">The trained exits, or null for a bare encoder.</param>
    /// <param name="tokenizer">The tokenizer that belongs to the weights, or null where there is none.</param>
    /// <param name="where">What to call the checkpoint in errors, e.g. its path.</param>
    /// <exception cref="InputException">Tensors are missing (named together), have another shape, or hold values
    /// that are not finite.</exception>
    public Checkpoint(
        EncoderConfig config,
        IReadOnlyDictionary<string, WeightTensor> weights,
        ExitHeadConfig? exits,
        CheckpointTokenizer? tokenizer,
        string where = "checkpoint")
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        Config = config;
        Exits = exits;
        Tokenizer = tokenizer;
        Weights = Select(weights, ExpectedWeights.Of(config, exits), where, config.Architecture);
    }

    /// <summary>The encoder's shape.</summary>
    public EncoderConfig Config { get; }

    /// <summary>The tensors by canonical name: those of the encoder, then those of the exits.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Weights { get; }

    /// <summary>The trained exits, or null for a bare encoder.</summary>
    public ExitHeadConfig? Exits { get; }

    /// <summary>The tokenizer file that belongs to the weights, or null where there is none.</summary>
    public CheckpointTokenizer? Tokenizer { get; }

    /// <summary>
    /// The pooling that the weights were trained with, or of those that are supported the one that is nearest to it:
    /// <see cref="ExitHeadConfig.ClsPooling"/>, <see cref="ExitHeadConfig.MeanPooling"/>, or null where nothing says it. Exits tell their
    /// own; otherwise sentence-transformers' settings of its pooling, otherwise the architecture of a classifier, otherwise a name (of the
    /// folder or one that holds it, or <c>_name_or_path</c>) that is known for a sentence encoder's.
    /// </summary>
    public string? TrainedPooling { get; init; }

    /// <summary>
    /// What to know about <see cref="TrainedPooling"/> where it is assumed and no file states it, as a sentence; null where one does.
    /// </summary>
    public string? PoolingNote { get; init; }

    /// <summary>What to know about how the weights were read, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The labels of the checkpoint's own classifier in the order of its answers, which its exits or a foreign head have;
    /// empty where it names none.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The files that the weights were read from; empty for a checkpoint made in memory.</summary>
    public IReadOnlyList<WeightSource> Sources { get; init; } = [];

    /// <summary>Reads a folder in Hugging Face layout.</summary>
    /// <param name="folder">
    /// Holds <c>config.json</c>, <c>model.safetensors</c> (fp32, fp16 or bf16; or its shards with <c>model.safetensors.index.json</c>)
    /// and <c>tokenizer.json</c> or <c>vocab.txt</c>. Names may carry any prefix that all of the encoder's have and
    /// LayerNorm's old <c>gamma</c>/<c>beta</c>.
    /// </param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="InputException">A file is absent or malformed, the architecture is none of <see cref="KnownArchitectures"/>,
    /// or a tensor does not fit.</exception>
    public static Checkpoint Load(string folder) => CheckpointFolder.Read(folder);

    /// <summary>
    /// Writes the folder in Hugging Face layout: <c>config.json</c> (labels and exits included), <c>model.safetensors</c> in fp32 and the
    /// tokenizer file. An existing folder is replaced as a whole; a reader never sees half of it.
    /// </summary>
    /// <param name="folder">The folder to write.</param>
    public void Save(string folder) =>
        AtomicFolder.Write(folder, temporary => CheckpointFolder.Write(this, temporary), last: CheckpointPlace.Config);

    private static Dictionary<string, WeightTensor> Select(
        IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<ExpectedWeight> expected, string where,
        EncoderArchitecture architecture)
    {
        var errors = new InputErrors();
        var missing = expected.Where(weight => !weights.ContainsKey(weight.Name)).Select(weight => weight.Name).ToArray();
        if (missing.Length > 0)
        {
            errors.Add(where, $"{(missing.Length == 1 ? "a tensor is" : $"{missing.Length} tensors are")} missing: "
                + $"{string.Join(", ", missing.Take(MostNamed))}{(missing.Length > MostNamed ? ", …" : "")}",
                $"give the complete weights of a {architecture.Name} encoder with the number of layers that config.json states");
        }

        var selected = new Dictionary<string, WeightTensor>(expected.Count);
        foreach (var weight in expected)
        {
            if (!weights.TryGetValue(weight.Name, out var tensor))
                continue;
            if (!tensor.Shape.AsSpan().SequenceEqual(weight.Shape))
            {
                errors.Add($"{where} tensor {weight.Name}",
                    $"has shape [{string.Join(", ", tensor.Shape)}] where config.json calls for [{string.Join(", ", weight.Shape)}]",
                    "use the config.json that belongs to these weights");
            }
            else if (!TensorPrimitives.IsFiniteAll<float>(tensor.Values))
            {
                errors.Add(
                    $"{where} tensor {weight.Name}", "holds NaN or infinite values",
                    "use a checkpoint that was saved before its training diverged");
            }

            selected.Add(weight.Name, tensor);
        }

        errors.ThrowIfAny();
        return selected;
    }
}
