using System.Buffers;
using Dimec.Bundles;
using Dimec.Text;
using Microsoft.ML.OnnxRuntime;

namespace Dimec.Inference;

/// <summary>
/// One tier's model under ONNX Runtime: token ids in, logits out. Any number of threads may run it at once; dispose it when none does.
/// </summary>
/// <remarks>
/// ONNX Runtime's own telemetry (SECURITY.md) is off in a process whose first model is loaded by this class, unless the environment holds
/// <c>ORT_DISABLE_TELEMETRY=0</c>. A program that makes a session of its own before has to see to it itself: with
/// <c>ORT_DISABLE_TELEMETRY=1</c> in the environment that the process is started with.
/// </remarks>
public sealed class TierModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly TierModelOptions _options;
    private readonly TierInputRules _rules;
    private readonly string[] _inputNames;
    private readonly int _padId;
    private bool _disposed;

    private TierModel(Bundle bundle, BundleTier tier, InferenceSession session, TierModelOptions options)
    {
        (_session, _options, Tier) = (session, options, tier);
        var tables = bundle.Manifest.Embeddings;
        _rules = new TierInputRules(tables.Word.Rows, tables.Position.Rows, tables.TokenType?.Rows ?? 0, options.MaxBatchTokens);
        _inputNames = TierSession.InputNames(bundle.Manifest);
        _padId = bundle.Tokenizer.PadId;
        Classes = bundle.Manifest.Labels.Count;
        UsesTokenTypes = bundle.Manifest.UsesTokenTypes;
    }

    /// <summary>The tier that this is the model of.</summary>
    public BundleTier Tier { get; }

    /// <summary>The number of classes: logits a sample.</summary>
    public int Classes { get; }

    /// <summary>Whether the model takes token types.</summary>
    public bool UsesTokenTypes { get; }

    /// <summary>Loads the model of one tier; the others stay on the disk.</summary>
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
        return new TierModel(bundle, found, TierSession.Load(bundle, found, options), options);
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
        ObjectDisposedException.ThrowIf(_disposed, this);
        _rules.Check(ids.Span, mask.Span, types.Span, UsesTokenTypes, batch, length);
        if (logits.Length != (long)batch * Classes)
        {
            throw new ArgumentException(
                $"The logits of {batch} samples take {(long)batch * Classes} places, not {logits.Length}.", nameof(logits));
        }

        var rows = (int)Math.Max(1, Math.Min(batch, _options.MaxAttention / ((long)length * length)));
        for (var first = 0; first < batch; first += rows)
        {
            var part = Math.Min(rows, batch - first);
            RunPart(
                ids.Slice(first * length, part * length), mask.Slice(first * length, part * length),
                types.IsEmpty ? types : types.Slice(first * length, part * length),
                part, length, logits.Slice(first * Classes, part * Classes),
                shrink: first + part == batch && batch * length >= _options.ShrinkFromTokens);
        }
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
        using var padded = new PaddedBatch(encodings, length, _padId, UsesTokenTypes);
        var logits = new float[batch * Classes];
        Run(padded.Ids, padded.Mask, padded.Types, batch, length, logits);
        return logits;
    }

    /// <summary>Frees the model's memory.</summary>
    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }

    private void RunPart(Memory<long> ids, Memory<long> mask, Memory<long> types, int batch, int length, Span<float> logits, bool shrink)
    {
        long[] shape = [batch, length];
        var answers = ArrayPool<float>.Shared.Rent(logits.Length);
        try
        {
            using var options = new RunOptions();
            if (shrink)
                options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            using var idsValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, ids, shape);
            using var maskValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, mask, shape);
            using var typesValue = UsesTokenTypes
                ? OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, types, shape)
                : null;
            using var logitsValue = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, answers.AsMemory(0, logits.Length), [batch, Classes]);
            OrtValue[] inputs = typesValue is null ? [idsValue, maskValue] : [idsValue, maskValue, typesValue];
            _session.Run(options, _inputNames, inputs, TierSession.OutputNames, [logitsValue]);
            answers.AsSpan(0, logits.Length).CopyTo(logits);
        }
        catch (OnnxRuntimeException e)
        {
            throw new JobException(
                $"Tier {Tier.Name} could not run {batch} samples of {length} tokens ({e.Message}); send smaller batches.", e);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(answers);
        }
    }
}
