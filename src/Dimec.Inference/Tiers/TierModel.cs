using Dimec.Bundles;
using Dimec.Inference.Batching;
using Dimec.Text;
using Microsoft.ML.OnnxRuntime;

namespace Dimec.Inference;

/// <summary>
/// One tier's models under ONNX Runtime: token ids in, logits out; and hidden states in and out, for a plan that goes on from these. Any
/// number of threads may run them at once; dispose it when none does.
/// </summary>
/// <remarks>
/// ONNX Runtime's own telemetry (SECURITY.md) is off in a process whose first model is loaded by this class, unless the environment holds
/// <c>ORT_DISABLE_TELEMETRY=0</c>. A program that makes a session of its own before has to see to it itself: with
/// <c>ORT_DISABLE_TELEMETRY=1</c> in the environment that the process is started with.
/// </remarks>
public sealed class TierModel : IDisposable
{
    private readonly StretchSession[] _sessions;
    private readonly TierModelOptions _options;
    private readonly TierInputRules _rules;
    private readonly LayerStretch _whole;
    private bool _disposed;

    private TierModel(Bundle bundle, BundleTier tier, StretchSession[] sessions, TierModelOptions options)
    {
        (_sessions, _options, Tier) = (sessions, options, tier);
        var tables = bundle.Manifest.Embeddings;
        _rules = new TierInputRules(tables.Word.Rows, tables.Position.Rows, tables.TokenType?.Rows ?? 0, options.MaxBatchTokens);
        _whole = new LayerStretch(0, tier.Exit);
        Shape = bundle.Shape;
        Stretches = [.. sessions.Select(session => session.Layers)];
    }

    /// <summary>The tier that this is the model of.</summary>
    public BundleTier Tier { get; }

    /// <summary>What it takes and gives.</summary>
    internal ModelShape Shape { get; }

    /// <summary>The number of classes: logits a sample.</summary>
    public int Classes => Shape.Classes;

    /// <summary>Whether the model takes token types.</summary>
    public bool UsesTokenTypes => Shape.UsesTokenTypes;

    /// <summary>The most tokens of a batch, rows × padded length.</summary>
    internal int MaxBatchTokens => _options.MaxBatchTokens;

    /// <summary>Numbers a token of the hidden states.</summary>
    public int HiddenSize => Shape.HiddenSize;

    /// <summary>The stretches of layers that it can run: the tier's whole first, then those that the plan has it run.</summary>
    public IReadOnlyList<LayerStretch> Stretches { get; }

    /// <summary>Loads the models of one tier; the others stay on the disk.</summary>
    /// <param name="bundle">An opened bundle.</param>
    /// <param name="tier">The tier's name.</param>
    /// <param name="options">How the model uses the machine; null for the defaults.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InputException">The bundle has no such tier, an option is out of range, or the file is not
    /// this bundle's model.</exception>
    /// <exception cref="InvalidOperationException">The bundle was opened for other tiers.</exception>
    public static TierModel Load(Bundle bundle, string tier, TierModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        options ??= new TierModelOptions();
        options.Validate();
        var found = bundle.Tier(tier);
        var sessions = new List<StretchSession>();
        try
        {
            sessions.Add(TierSession.Load(bundle, found.Model, new LayerStretch(0, found.Exit), options));
            foreach (var stretch in bundle.Manifest.Stretches.Where(stretch => stretch.Tiers.Contains(tier)))
                sessions.Add(TierSession.Load(bundle, stretch.Model, stretch.Layers, options));
            return new TierModel(bundle, found, [.. sessions], options);
        }
        catch
        {
            sessions.ForEach(session => session.Dispose());
            throw;
        }
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="ids">Token ids, row-major [batch, length], special tokens included.</param>
    /// <param name="mask">1 for a real token, 0 for padding, [batch, length]; at least one 1 in every row.</param>
    /// <param name="types">Token types [batch, length]; empty where <see cref="UsesTokenTypes"/> is false.</param>
    /// <param name="batch">The number of samples, ≥ 1.</param>
    /// <param name="length">Tokens a sample, padding included, from 1 to the rows of the model's position table.</param>
    /// <param name="logits">Gets the logits, [batch, classes].</param>
    /// <exception cref="InputException">A shape, id, mask or type is out of range; says which, and the limit.</exception>
    /// <exception cref="ArgumentException"><paramref name="logits"/> has not batch × classes places.</exception>
    /// <exception cref="JobException">ONNX Runtime failed, e.g. for want of memory.</exception>
    public void Run(Memory<long> ids, Memory<long> mask, Memory<long> types, int batch, int length, Span<float> logits)
    {
        Run(_whole, new TierInput(batch, length, mask) { Ids = ids, Types = types }, logits, []);
    }

    /// <summary>Whether the hidden states after a stretch can be had.</summary>
    /// <param name="layers">One of <see cref="Stretches"/>.</param>
    public bool GivesHidden(LayerStretch layers) => SessionOf(layers).GivesHidden;

    /// <summary>Runs a batch through a stretch of layers.</summary>
    /// <param name="layers">One of <see cref="Stretches"/>.</param>
    /// <param name="input">The batch: token ids where the stretch begins with layer 1, else hidden states.</param>
    /// <param name="logits">Gets the logits of the exit after its last layer, [batch, classes].</param>
    /// <param name="hidden">Gets the hidden states after its last layer, [batch, length, <see cref="HiddenSize"/>];
    /// empty where they are not wanted.</param>
    /// <exception cref="InputException">A shape or a value is out of range; says which, and the limit.</exception>
    /// <exception cref="ArgumentException">There is no such stretch, it gives no hidden states, or a span has another length.</exception>
    /// <exception cref="JobException">ONNX Runtime failed, e.g. for want of memory.</exception>
    public void Run(LayerStretch layers, TierInput input, Span<float> logits, Span<float> hidden)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = SessionOf(layers);
        var (batch, length) = (input.Batch, input.Length);
        _rules.CheckShape(batch, length);
        CheckValues(layers.From, input);
        Require(logits.Length, (long)batch * Classes, nameof(logits));
        if (!hidden.IsEmpty)
            Require(hidden.Length, session.GivesHidden ? (long)batch * length * HiddenSize : 0, nameof(hidden));
        var rows = (int)Math.Max(1, Math.Min(batch, _options.MaxAttention / ((long)length * length)));
        for (var first = 0; first < batch; first += rows)
        {
            var part = Math.Min(rows, batch - first);
            RunPart(
                session, input.Rows(first, part), logits.Slice(first * Classes, part * Classes),
                hidden.IsEmpty ? hidden : hidden.Slice(first * length * HiddenSize, part * length * HiddenSize),
                shrink: first + part == batch && batch * length >= _options.ShrinkFromTokens);
        }
    }

    /// <summary>
    /// Checks the values of a batch, and runs nothing, as the other overload does. There may be more tokens than a batch
    /// may have.
    /// </summary>
    /// <param name="from">The layer whose hidden states they are; 0: they are token ids.</param>
    /// <param name="input">The batch.</param>
    /// <exception cref="InputException">A value is out of range; says which, and the limit.</exception>
    public void CheckValues(int from, TierInput input)
    {
        if (from == 0)
            CheckValues(input.Ids.Span, input.Mask.Span, input.Types.Span, input.Batch, input.Length);
        else
            TierInputRules.CheckStates(input.Hidden.Span, input.Mask.Span, HiddenSize, input.Batch, input.Length);
    }

    /// <summary>
    /// Checks what <c>Run</c> would refuse of values, and runs nothing: for who cuts rows into batches, or puts them beside other callers',
    /// and wants each caller to hear of its own. There may be more tokens than a batch may have.
    /// </summary>
    /// <param name="ids">Token ids, row-major [batch, length], special tokens included.</param>
    /// <param name="mask">1 for a real token, 0 for padding, [batch, length]; at least one 1 in every row.</param>
    /// <param name="types">Token types [batch, length]; empty where <see cref="UsesTokenTypes"/> is false.</param>
    /// <param name="batch">The number of samples, ≥ 1.</param>
    /// <param name="length">Tokens a sample, padding included, ≥ 1.</param>
    /// <exception cref="InputException">An id, mask or type is out of range; says which, and the limit.</exception>
    public void CheckValues(ReadOnlySpan<long> ids, ReadOnlySpan<long> mask, ReadOnlySpan<long> types, int batch, int length)
        => _rules.CheckValues(ids, mask, types, UsesTokenTypes, batch, length);

    /// <summary>Pads encodings to the longest of them and runs them as one batch.</summary>
    /// <param name="encodings">At least one; samples of like length waste least.</param>
    /// <returns>The logits, [encodings, classes], row-major.</returns>
    /// <exception cref="InputException">There are none, or one is out of range; says which, and the limit.</exception>
    /// <exception cref="JobException">ONNX Runtime failed, e.g. for want of memory.</exception>
    public float[] Run(IReadOnlyList<TokenizedText> encodings)
    {
        ArgumentNullException.ThrowIfNull(encodings);
        var (batch, length) = (encodings.Count, encodings.Count == 0 ? 0 : encodings.Max(encoding => encoding.Ids.Length));
        _rules.CheckShape(batch, length);
        using var padded = new PaddedRows([.. encodings.Select(text => TierRow.Of(text, UsesTokenTypes))], Shape, fromIds: true);
        var logits = new float[batch * Classes];
        Run(_whole, padded.Input, logits, []);
        return logits;
    }

    /// <summary>Frees the model's memory.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var session in _sessions)
            session.Dispose();
    }

    private StretchSession SessionOf(LayerStretch layers) =>
        Array.Find(_sessions, session => session.Layers == layers) ?? throw new ArgumentException(
            $"Tier {Tier.Name} has no model of the layers {layers.From + 1} to {layers.To}.", nameof(layers));

    private static void Require(int places, long needed, string name)
    {
        if (places != needed)
            throw new ArgumentException($"The {name} take {needed} places, not {places}.", name);
    }

    private void RunPart(StretchSession session, TierInput input, Span<float> logits, Span<float> hidden, bool shrink)
    {
        try
        {
            session.Run(input, logits, hidden, shrink);
        }
        catch (OnnxRuntimeException e)
        {
            throw new JobException(
                $"Tier {Tier.Name} could not run {input.Batch} samples of {input.Length} tokens ({e.Message}); send smaller batches.", e);
        }
    }
}
