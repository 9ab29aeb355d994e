namespace Dimec.Predictions;

/// <summary>Gathers one part's exits sample by sample, as a model answers them.</summary>
public sealed class RecordedExitsBuilder
{
    private readonly string _part;
    private readonly int[] _exits;
    private readonly int _classes;
    private readonly int _embeddingSize;
    private readonly int[] _stateLayers;
    private readonly int _stateSize;
    private readonly bool _exitZero;
    private readonly List<string> _guids = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<int> _gold = [];
    private readonly List<float> _logits = [];
    private readonly List<float> _zero = [];
    private readonly List<float> _embeddings = [];
    private readonly List<float> _states = [];

    /// <summary>Starts an empty record.</summary>
    /// <param name="part">The part's name.</param>
    /// <param name="exits">The layer numbers of the exits, from 1, ascending.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="embeddingSize">The length of e(x), or 0 where none is recorded.</param>
    /// <param name="stateLayers">The exits, by their layers and ascending, whose pooled states are recorded; null for none.</param>
    /// <param name="stateSize">The length of a state; 0 where none is recorded.</param>
    /// <param name="exitZero">Whether exit 0 is recorded too.</param>
    /// <exception cref="ArgumentException">The exits are none, not ascending or below 1, a state's layer is none of them,
    /// or a size is out of range.</exception>
    public RecordedExitsBuilder(
        string part, int[] exits, int classes, int embeddingSize, int[]? stateLayers = null, int stateSize = 0, bool exitZero = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        ArgumentNullException.ThrowIfNull(exits);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(embeddingSize);
        ArgumentOutOfRangeException.ThrowIfNegative(stateSize);
        if (exits.Length == 0 || exits[0] < 1 || !IsAscending(exits))
            throw new ArgumentException("Exits are layer numbers from 1, ascending.", nameof(exits));
        stateLayers ??= [];
        if (!IsAscending(stateLayers) || stateLayers.Except(exits).Any() || (stateLayers.Length == 0) != (stateSize == 0))
            throw new ArgumentException("States are of exits, ascending, and have a length above 0.", nameof(stateLayers));
        (_part, _exits, _classes, _embeddingSize) = (part, [.. exits], classes, embeddingSize);
        (_stateLayers, _stateSize, _exitZero) = ([.. stateLayers], stateSize, exitZero);
    }

    /// <summary>The bundle whose exits they are; null, the default, where nothing says so.</summary>
    public ExportedExits? Exported { get; init; }

    /// <summary>How many samples have been added.</summary>
    public int Count => _guids.Count;

    /// <summary>Adds a sample.</summary>
    /// <param name="guid">The sample's name.</param>
    /// <param name="gold">The true class from 0, or −1 where it is unknown.</param>
    /// <param name="logits">The logits of all exits in order: exits × classes values; where exit 0 is recorded,
    /// its own before these.</param>
    /// <param name="embedding">e(x), as long as was said, or empty where none is recorded.</param>
    /// <param name="states">The pooled states of the layers that were said, in order: layers × length values;
    /// empty where none is recorded.</param>
    /// <exception cref="ArgumentException">A length or the gold class does not fit, or the guid was added before.</exception>
    public void Add(string guid, int gold, ReadOnlySpan<float> logits, ReadOnlySpan<float> embedding, ReadOnlySpan<float> states = default)
    {
        ArgumentNullException.ThrowIfNull(guid);
        var zero = _exitZero ? _classes : 0;
        if (logits.Length != zero + (_exits.Length * _classes))
        {
            throw new ArgumentException(
                $"{logits.Length} logits where {_exits.Length}{(_exitZero ? " + 1" : "")} exits × {_classes} classes are expected.",
                nameof(logits));
        }

        if (embedding.Length != _embeddingSize)
            throw new ArgumentException($"An embedding of {embedding.Length} where {_embeddingSize} is expected.", nameof(embedding));
        if (states.Length != _stateLayers.Length * _stateSize)
        {
            throw new ArgumentException(
                $"States of {states.Length} where {_stateLayers.Length} layers × {_stateSize} are expected.", nameof(states));
        }

        if (gold < -1 || gold >= _classes)
            throw new ArgumentOutOfRangeException(nameof(gold), gold, $"The gold class is −1 … {_classes - 1}.");
        if (!_seen.Add(guid))
            throw new ArgumentException($"The guid '{guid}' was added before.", nameof(guid));
        _guids.Add(guid);
        _gold.Add(gold);
        _zero.AddRange(logits[..zero]);
        _logits.AddRange(logits[zero..]);
        _embeddings.AddRange(embedding);
        _states.AddRange(states);
    }

    /// <summary>The record of everything added.</summary>
    public RecordedExits Build() =>
        new(
            _part, [.. _guids], [.. _gold], _exits, _classes, _embeddingSize, [.. _logits], [.. _zero], [.. _embeddings],
            new RecordedStates(_stateLayers, _stateSize, [.. _states]), Exported);

    internal bool Contains(string guid) => _seen.Contains(guid);

    private static bool IsAscending(int[] layers) => layers.Zip(layers.Skip(1)).All(pair => pair.First < pair.Second);
}
