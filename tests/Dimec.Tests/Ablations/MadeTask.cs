using Dimec.Ablations;
using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Tests.Ablations;

/// <summary>
/// A task that never was, with exits at 2, 4 and 6: early exits fail on hard samples, e(x) tells the difficulty, and so do the dynamics of
/// the exits that are said to know it; those of the others are noise. Embeddings before the LayerNorm are noise as well.
/// </summary>
internal sealed class MadeTask : IAblationSource
{
    private const int Size = 3;
    private readonly Random _random;
    private readonly int[] _knowing;
    private readonly Dictionary<string, double[]> _difficulty = [];

    public MadeTask(int samples = 300, int seed = 1, params int[] knowing)
    {
        (_random, _knowing) = (new Random(seed), knowing.Length == 0 ? [2, 4, 6] : knowing);
        foreach (var part in new[] { "train", "selection", "dev" })
            _difficulty[part] = [.. Enumerable.Range(0, samples).Select(_ => _random.NextDouble())];
        (Selection, Reported) = (Part("selection"), Part("dev"));
        TrainingEmbeddings = SampleEmbeddings.Of(Part("train"), "train");
    }

    public RecordedExits Selection { get; }

    public RecordedExits Reported { get; }

    public SampleEmbeddings TrainingEmbeddings { get; }

    public int Epochs { get; init; } = 4;

    /// <summary>What the source says that it lacks.</summary>
    public Func<MapChoice, bool> Lacks { get; init; } = _ => false;

    /// <summary>The maps that were asked for.</summary>
    public List<MapChoice> Asked { get; } = [];

    public PlanRequest Request(double maxDrop = 0.03, PlanningOptions? options = null) => new()
    {
        Selection = new SelectionPart(Selection),
        Costs = CostStructure.Default([2, 4, 6]),
        Training = TrainingMap.Join(Map("train", new MapChoice { Exit = 6 }), TrainingEmbeddings),
        Options = (options ?? new PlanningOptions { GridLevels = 8 }) with { MaxDrop = maxDrop },
    };

    public MappedSamples Training(MapChoice choice)
    {
        Asked.Add(choice);
        return Lacks(choice) ? throw new InputException("dynamics", "are absent", "record them") : Map("train", choice);
    }

    MappedSamples IAblationSource.Selection(MapChoice choice) => Lacks(choice) ? throw new InputException("selection dynamics", "are absent", "record them") : Map("selection", choice);

    public EmbeddedParts Embedded(EmbeddingKind kind) => kind == EmbeddingKind.Sum
        ? new EmbeddedParts(Noise(TrainingEmbeddings.Guids, kind), new SelectionPart(Noise(Selection)), Noise(Reported))
        : throw new InputException("embeddings", $"of the kind {ChoiceNames.Of(kind)} are not recorded", "train with them");

    private MappedSamples Map(string part, MapChoice choice) => choice.IsOwn
        ? MappedSamples.OfOwnExits([(2, Metrics(part, 2)), (4, Metrics(part, 4))], choice.Options)
        : MappedSamples.OfOneExit(Metrics(part, choice.Exit ?? 6), choice.Exit ?? 6, choice.Options);

    private SampleMetrics[] Metrics(string part, int exit)
    {
        var noise = new Random(exit);
        return [.. _difficulty[part].Select((difficulty, i) =>
        {
            var known = _knowing.Contains(exit) ? difficulty : noise.NextDouble();
            return new SampleMetrics(new SampleGuid($"{part}{i}"), i, 0, 1 - (0.9 * known), 0.4 * known * (1 - (known / 2)), 0, 0);
        })];
    }

    private RecordedExits Part(string part)
    {
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, Size);
        foreach (var (i, difficulty) in _difficulty[part].Index())
        {
            // An exit at layer k is right up to a difficulty of about k/8 + 0.2, and the more sure the further below it a sample is; what it gets wrong it is not sure of.
            float[] logits = [.. new[] { 2, 4, 6 }.SelectMany(exit => Turn(Logit((exit / 8.0) + 0.2 - difficulty + (0.1 * (_random.NextDouble() - 0.5))), i))];
            builder.Add($"{part}{i}", i % 2, logits, [(float)(1 - difficulty), (float)difficulty, (float)(2 * _random.NextDouble())]);
        }

        return builder.Build();
    }

    private static float Logit(double ease) => (float)(ease > 0 ? 8 * ease : ease);

    private static float[] Turn(float logit, int gold) => gold % 2 == 0 ? [logit, 0] : [0, logit];

    private RecordedExits Noise(RecordedExits part)
    {
        var builder = new RecordedExitsBuilder(part.Part, [2, 4, 6], 2, Size);
        for (var i = 0; i < part.Count; i++)
            builder.Add(part.Guids[i], part.Gold[i], [.. Enumerable.Range(0, 3).SelectMany(exit => part.Logits(i, exit).ToArray())], Noise());
        return builder.Build();
    }

    private SampleEmbeddings Noise(IReadOnlyList<string> guids, EmbeddingKind kind) => new(guids, Size, [.. guids.SelectMany(_ => Noise())]) { Kind = kind };

    private float[] Noise() => [.. Enumerable.Range(0, Size).Select(_ => (float)_random.NextDouble())];
}
