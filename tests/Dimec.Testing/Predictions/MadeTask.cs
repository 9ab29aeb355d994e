using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Testing.Predictions;

/// <summary>
/// A task that never was, with exits at 2, 4 and 6: early exits fail on hard samples, e(x) tells the difficulty, and so do the dynamics of
/// the exits that are said to know it; those of the others are noise.
/// </summary>
public class MadeTask
{
    protected const int Size = 3;
    private readonly int[] _knowing;
    private readonly Dictionary<string, double[]> _difficulty = [];

    public MadeTask(int samples = 300, int seed = 1, params int[] knowing)
    {
        (Random, _knowing) = (new Random(seed), knowing.Length == 0 ? [2, 4, 6] : knowing);
        foreach (var part in new[] { "train", "selection", "dev" })
            _difficulty[part] = [.. Enumerable.Range(0, samples).Select(_ => Random.NextDouble())];
        (Selection, Reported) = (Part("selection"), Part("dev"));
        TrainingEmbeddings = SampleEmbeddings.Of(Part("train"), "train");
    }

    public RecordedExits Selection { get; }

    public RecordedExits Reported { get; }

    public SampleEmbeddings TrainingEmbeddings { get; }

    protected Random Random { get; }

    public PlanRequest Request(double maxDrop = 0.03, PlanningOptions? options = null) => new()
    {
        Selection = new SelectionPart(Selection),
        Costs = CostStructure.Default([2, 4, 6]),
        Training = PoolSamples.Join(Map("train", new MetricsChoice { Exit = 6 }), TrainingEmbeddings),
        Options = (options ?? new PlanningOptions { GridLevels = 8 }) with { MaxDrop = maxDrop },
    };

    public PoolMetrics Map(string part, MetricsChoice choice) => choice.IsOwn
        ? PoolMetrics.OfOwnExits([(2, Metrics(part, 2)), (4, Metrics(part, 4))], choice.Options)
        : PoolMetrics.OfOneExit(Metrics(part, choice.Exit ?? 6), choice.Exit ?? 6, choice.Options);

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
            // An exit at layer k is right up to a difficulty of about k/8 + 0.2, and the more sure the further below it a sample is;
            // what it gets wrong it is not sure of.
            float[] logits = [.. new[] { 2, 4, 6 }.SelectMany(exit =>
                Turn(Logit((exit / 8.0) + 0.2 - difficulty + (0.1 * (Random.NextDouble() - 0.5))), i))];
            builder.Add($"{part}{i}", i % 2, logits, [(float)(1 - difficulty), (float)difficulty, (float)(2 * Random.NextDouble())]);
        }

        return builder.Build();
    }

    private static float Logit(double ease) => (float)(ease > 0 ? 8 * ease : ease);

    private static float[] Turn(float logit, int gold) => gold % 2 == 0 ? [logit, 0] : [0, logit];
}
