using System.Text;
using Dimec.Files;

namespace Dimec.Predictions;

/// <summary>
/// What a model's exits said about the samples of one part: the file <c>predictions/PART.jsonl</c> in memory. Every policy is
/// evaluated and every plan made from this record alone, so a model trained elsewhere needs no more than this file.
/// </summary>
public sealed class RecordedExits
{
    private readonly float[] _logits;
    private readonly float[] _zero;
    private readonly float[] _embeddings;
    private readonly RecordedStates _states;
    private readonly Lazy<ExitAnswer[]> _answers;

    internal RecordedExits(
        string part, string[] guids, int[] gold, int[] exits, int classes, int embeddingSize, float[] logits, float[] zero,
        float[] embeddings, RecordedStates states, ExportedExits? exported)
    {
        (Part, Guids, Gold, Exits) = (part, guids, gold, exits);
        (Classes, EmbeddingSize, Exported) = (classes, embeddingSize, exported);
        (_logits, _zero, _embeddings, _states) = (logits, zero, embeddings, states);
        // Every policy asks for these again and again, and they never change.
        _answers = new Lazy<ExitAnswer[]>(() => [.. Enumerable.Range(0, guids.Length * exits.Length)
            .Select(row => ExitAnswer.Of(logits.AsSpan(row * classes, classes)))]);
    }

    /// <summary>The part's name: <c>train</c>, <c>selection</c>, <c>calibration</c> or <c>dev</c>.</summary>
    public string Part { get; }

    /// <summary>The samples' names, each once, in the order of the file.</summary>
    public IReadOnlyList<string> Guids { get; }

    /// <summary>The true class of each sample, from 0; −1 where it is unknown.</summary>
    public IReadOnlyList<int> Gold { get; }

    /// <summary>The layer numbers (from 1) that carry the exits, ascending. Exit 0 is apart: no tier ends there.</summary>
    public IReadOnlyList<int> Exits { get; }

    /// <summary>Whether exit 0, the answer before any layer has run, was recorded (method section 9).</summary>
    public bool HasExitZero => _zero.Length > 0;

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The length of an embedding e(x), or 0 where none was recorded.</summary>
    public int EmbeddingSize { get; }

    /// <summary>The layers of <see cref="Exits"/> whose pooled states were recorded, ascending; none where none were.</summary>
    public IReadOnlyList<int> StateLayers => _states.Layers;

    /// <summary>The length of a pooled state, or 0 where none was recorded.</summary>
    public int StateSize => _states.Size;

    /// <summary>The bundle whose exits they are, where the file says it in its rows; null where it does not.</summary>
    public ExportedExits? Exported { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Guids.Count;

    /// <summary>One exit's logits for one sample.</summary>
    /// <param name="sample">The sample's place in the record, from 0.</param>
    /// <param name="exitIndex">The exit's place in <see cref="Exits"/>, from 0 (not its layer number).</param>
    /// <returns>One logit a class.</returns>
    public ReadOnlySpan<float> Logits(int sample, int exitIndex) => LogitsMemory(sample, exitIndex).Span;

    /// <summary>Exit 0's logits for one sample; none where it was not recorded.</summary>
    /// <param name="sample">The sample's place in the record, from 0.</param>
    /// <returns>One logit a class.</returns>
    public ReadOnlySpan<float> ZeroLogits(int sample) => ZeroMemory(sample).Span;

    /// <summary>
    /// e(x), by which the sample is routed before any layer has run (see <see cref="EmbeddingKind"/>); empty where none was recorded.
    /// </summary>
    /// <param name="sample">The sample's place in the record, from 0.</param>
    public ReadOnlySpan<float> Embedding(int sample) => _embeddings.AsSpan(sample * EmbeddingSize, EmbeddingSize);

    /// <summary>
    /// What an exit's head pooled of the sample: the mean of the real tokens' outputs of that layer, or that of [CLS],
    /// as the checkpoint has it.
    /// </summary>
    /// <param name="sample">The sample's place in the record, from 0.</param>
    /// <param name="exitIndex">The exit's place in <see cref="Exits"/>, from 0 (not its layer number).</param>
    /// <returns><see cref="StateSize"/> numbers; none where the exit's layer is not among <see cref="StateLayers"/>.</returns>
    public ReadOnlySpan<float> State(int sample, int exitIndex) => StateMemory(sample, exitIndex).Span;

    /// <summary>Reads a part from JSON lines.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="part">The part's name.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">The file is empty or malformed, a row lacks an exit that others have, a value is not finite,
    /// a guid comes twice, rows differ in their number of classes, or a state is of a layer without an exit or of another length.
    /// The error names the line.</exception>
    public static RecordedExits Read(Stream stream, string part, string where) => RecordedExitsReader.Read(stream, part, where);

    /// <summary>Writes the part as JSON lines.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => RecordedExitsWriter.Write(this, stream);

    /// <summary>The same record with other embeddings.</summary>
    /// <param name="embeddings">One of each sample, in the order of this record.</param>
    /// <exception cref="InputException">They are of other samples, or in another order.</exception>
    public RecordedExits WithEmbeddings(SampleEmbeddings embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (!embeddings.Guids.SequenceEqual(Guids))
        {
            throw new InputException(
                "embeddings", $"are of other samples than predictions/{Part}.jsonl, or in another order",
                "embed the same samples in the same order");
        }

        var values = new float[Count * embeddings.Size];
        for (var i = 0; i < Count; i++)
            embeddings[i].CopyTo(values.AsSpan(i * embeddings.Size));
        return new RecordedExits(
            Part, [.. Guids], [.. Gold], [.. Exits], Classes, embeddings.Size, _logits, _zero, values, _states, Exported);
    }

    /// <summary>The same record with exit 0, in the place of one that it may have.</summary>
    /// <param name="logits">Its logits of each sample, in the order of this record: samples × classes finite values.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one is not finite.</exception>
    public RecordedExits WithExitZero(ReadOnlySpan<float> logits)
    {
        if (logits.Length != Count * Classes)
            throw new ArgumentException($"{logits.Length} logits where {Count} samples × {Classes} classes are expected.", nameof(logits));
        foreach (var logit in logits)
        {
            if (!float.IsFinite(logit))
                throw new ArgumentException($"Logits are finite, and one is {logit}.", nameof(logits));
        }

        return new RecordedExits(
            Part, [.. Guids], [.. Gold], [.. Exits], Classes, EmbeddingSize, _logits, logits.ToArray(), _embeddings, _states, Exported);
    }

    /// <summary>The same record with the exit 0 of another record of the same samples; as it is where that has none.</summary>
    /// <param name="other">The other record.</param>
    /// <exception cref="ArgumentException">It is of other samples, of another order or of other classes.</exception>
    public RecordedExits WithExitZeroOf(RecordedExits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other.HasExitZero)
            return this;
        if (!other.Guids.SequenceEqual(Guids))
            throw new ArgumentException("The records are of other samples, or in another order.", nameof(other));
        return WithExitZero(other._zero);
    }

    /// <summary>Some of the samples, as a part of their own.</summary>
    /// <param name="part">The new part's name.</param>
    /// <param name="samples">The samples' places in this record, each at most once.</param>
    public RecordedExits Subset(string part, IReadOnlyList<int> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var row = Exits.Count * Classes;
        var (logits, embeddings) = (new float[samples.Count * row], new float[samples.Count * EmbeddingSize]);
        var zero = new float[HasExitZero ? samples.Count * Classes : 0];
        for (var i = 0; i < samples.Count; i++)
        {
            _logits.AsSpan(samples[i] * row, row).CopyTo(logits.AsSpan(i * row));
            Embedding(samples[i]).CopyTo(embeddings.AsSpan(i * EmbeddingSize));
            ZeroLogits(samples[i]).CopyTo(zero.AsSpan(HasExitZero ? i * Classes : 0));
        }

        return new RecordedExits(
            part, [.. samples.Select(i => Guids[i])], [.. samples.Select(i => Gold[i])], [.. Exits], Classes, EmbeddingSize, logits, zero,
            embeddings, _states.Subset(samples), Exported);
    }

    /// <summary>The same record with some of its exits alone, and without pooled states; exit 0 stays.</summary>
    /// <param name="layers">The exits that stay, by their layers: at least one, each of them one of <see cref="Exits"/>, ascending.</param>
    /// <exception cref="ArgumentException">There are none, one is not recorded, or they do not ascend.</exception>
    public RecordedExits WithExits(IReadOnlyList<int> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.SequenceEqual(Exits))
            return this;
        int[] places = [.. layers.Select(IndexOfExit)];
        if (places.Length == 0 || places.Contains(-1) || places.Zip(places.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException("Name recorded exits, ascending.", nameof(layers));
        var logits = new float[Count * places.Length * Classes];
        for (var sample = 0; sample < Count; sample++)
        {
            foreach (var (place, exit) in places.Index())
                Logits(sample, exit).CopyTo(logits.AsSpan(((sample * places.Length) + place) * Classes));
        }

        return new RecordedExits(
            Part, [.. Guids], [.. Gold], [.. layers], Classes, EmbeddingSize, logits, _zero, _embeddings,
            new RecordedStates([], 0, []), Exported);
    }

    /// <summary>SHA-256 (hex) of the samples' names in their order, by which parts of the same samples are known.</summary>
    public string NamesHash() => FileHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', Guids)));

    /// <summary>Where an exit's layer number stands in <see cref="Exits"/>, or −1.</summary>
    /// <param name="layer">The layer, from 1.</param>
    public int IndexOfExit(int layer)
    {
        for (var i = 0; i < Exits.Count; i++)
        {
            if (Exits[i] == layer)
                return i;
        }

        return -1;
    }

    /// <summary>Accuracy and drops have no meaning over samples whose true class nobody knows.</summary>
    /// <exception cref="InputException">A sample has no true class.</exception>
    public void RequireGold() => RequireGold($"predictions/{Part}.jsonl");

    /// <summary>The same of exits that come from another file than a part's own.</summary>
    internal void RequireGold(string file)
    {
        var unknown = Gold.Count(gold => gold < 0);
        if (unknown > 0)
        {
            throw new InputException(
                file, $"has {unknown} of {Count} samples without a gold class",
                "label them, or leave them out of this part");
        }
    }

    /// <summary>For each sample, whether an exit gives the true class; false where that is unknown.</summary>
    /// <param name="exitIndex">The exit's place in <see cref="Exits"/>, from 0 (not its layer number).</param>
    public bool[] Right(int exitIndex)
    {
        var right = new bool[Count];
        for (var sample = 0; sample < right.Length; sample++)
            right[sample] = Answer(sample, exitIndex).Label == Gold[sample];
        return right;
    }

    /// <summary>One exit's class and confidence for one sample.</summary>
    /// <param name="sample">The sample's place in the record, from 0.</param>
    /// <param name="exitIndex">The exit's place in <see cref="Exits"/>, from 0 (not its layer number).</param>
    public ExitAnswer Answer(int sample, int exitIndex) => _answers.Value[(sample * Exits.Count) + exitIndex];

    internal ReadOnlyMemory<float> LogitsMemory(int sample, int exitIndex) =>
        _logits.AsMemory(((sample * Exits.Count) + exitIndex) * Classes, Classes);

    /// <summary>The logits of an exit by its layer, 0 for exit 0.</summary>
    internal ReadOnlySpan<float> LogitsAt(int sample, int layer) =>
        layer == 0 ? ZeroLogits(sample) : Logits(sample, IndexOfExit(layer));

    /// <summary>What an exit says by itself, by its layer, 0 for exit 0.</summary>
    internal ExitAnswer AnswerAt(int sample, int layer) =>
        layer == 0 ? ExitAnswer.Of(ZeroLogits(sample)) : Answer(sample, IndexOfExit(layer));

    internal ReadOnlyMemory<float> ZeroMemory(int sample) => HasExitZero ? _zero.AsMemory(sample * Classes, Classes) : default;

    internal ReadOnlyMemory<float> StateMemory(int sample, int exitIndex) => _states.Of(sample, Exits[exitIndex]);
}
