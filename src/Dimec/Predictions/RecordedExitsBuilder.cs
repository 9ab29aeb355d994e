namespace Dimec.Predictions;

/// <summary>Gathers one part's exits sample by sample, as a model answers them.</summary>
public sealed class RecordedExitsBuilder
{
    private readonly string _part;
    private readonly int[] _exits;
    private readonly int _classes;
    private readonly int _embeddingSize;
    private readonly List<string> _guids = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<int> _gold = [];
    private readonly List<float> _logits = [];
    private readonly List<float> _embeddings = [];

    /// <summary>Starts an empty record.</summary>
    /// <param name="part">The part's name.</param>
    /// <param name="exits">The layer numbers of the exits, from 1, ascending.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="embeddingSize">The length of e(x), or 0 where none is recorded.</param>
    /// <exception cref="ArgumentException">The exits are none, not ascending or below 1, or a size is out of range.</exception>
    public RecordedExitsBuilder(string part, int[] exits, int classes, int embeddingSize)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        ArgumentNullException.ThrowIfNull(exits);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(embeddingSize);
        if (exits.Length == 0 || exits[0] < 1 || !exits.Zip(exits.Skip(1)).All(pair => pair.First < pair.Second))
            throw new ArgumentException("Exits are layer numbers from 1, ascending.", nameof(exits));
        (_part, _exits, _classes, _embeddingSize) = (part, [.. exits], classes, embeddingSize);
    }

    /// <summary>How many samples have been added.</summary>
    public int Count => _guids.Count;

    /// <summary>Adds a sample.</summary>
    /// <param name="guid">The sample's name.</param>
    /// <param name="gold">The true class from 0, or −1 where it is unknown.</param>
    /// <param name="logits">The logits of all exits in order: exits × classes values.</param>
    /// <param name="embedding">e(x), as long as was said, or empty where none is recorded.</param>
    /// <exception cref="ArgumentException">A length or the gold class does not fit, or the guid was added before.</exception>
    public void Add(string guid, int gold, ReadOnlySpan<float> logits, ReadOnlySpan<float> embedding)
    {
        ArgumentNullException.ThrowIfNull(guid);
        if (logits.Length != _exits.Length * _classes)
            throw new ArgumentException($"{logits.Length} logits where {_exits.Length} exits × {_classes} classes are expected.", nameof(logits));
        if (embedding.Length != _embeddingSize)
            throw new ArgumentException($"An embedding of {embedding.Length} where {_embeddingSize} is expected.", nameof(embedding));
        if (gold < -1 || gold >= _classes)
            throw new ArgumentOutOfRangeException(nameof(gold), gold, $"The gold class is −1 … {_classes - 1}.");
        if (!_seen.Add(guid))
            throw new ArgumentException($"The guid '{guid}' was added before.", nameof(guid));
        _guids.Add(guid);
        _gold.Add(gold);
        _logits.AddRange(logits);
        _embeddings.AddRange(embedding);
    }

    /// <summary>The record of everything added.</summary>
    public RecordedExits Build() =>
        new(_part, [.. _guids], [.. _gold], _exits, _classes, _embeddingSize, [.. _logits], [.. _embeddings]);

    internal bool Contains(string guid) => _seen.Contains(guid);
}
