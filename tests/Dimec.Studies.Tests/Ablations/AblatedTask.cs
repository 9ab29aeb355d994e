using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Studies.Ablations;

namespace Dimec.Studies.Tests.Ablations;

/// <summary>A made task as an ablation reads it. Embeddings before the LayerNorm are noise.</summary>
internal sealed class AblatedTask(int samples = 300, int seed = 1, params int[] knowing) : MadeTask(samples, seed, knowing), IAblationSource
{
    public int Epochs { get; init; } = 4;

    /// <summary>What the source says that it lacks.</summary>
    public Func<MetricsChoice, bool> Lacks { get; init; } = _ => false;

    /// <summary>The maps that were asked for.</summary>
    public List<MetricsChoice> Asked { get; } = [];

    public PoolMetrics Training(MetricsChoice choice)
    {
        Asked.Add(choice);
        return Lacks(choice) ? throw new InputException("dynamics", "are absent", "record them") : Map("train", choice);
    }

    PoolMetrics IAblationSource.Selection(MetricsChoice choice) =>
        Lacks(choice) ? throw new InputException("selection dynamics", "are absent", "record them") : Map("selection", choice);

    public EmbeddedParts Embedded(EmbeddingKind kind) => kind == EmbeddingKind.Sum
        ? new EmbeddedParts(Noise(TrainingEmbeddings.Guids, kind), new SelectionPart(Noise(Selection)), Noise(Reported))
        : throw new InputException("embeddings", $"of the kind {ChoiceNames.Of(kind)} are not recorded", "train with them");

    private RecordedExits Noise(RecordedExits part)
    {
        var builder = new RecordedExitsBuilder(part.Part, [2, 4, 6], 2, Size);
        for (var i = 0; i < part.Count; i++)
        {
            builder.Add(
                part.Guids[i], part.Gold[i], [.. Enumerable.Range(0, 3).SelectMany(exit => part.Logits(i, exit).ToArray())], Noise());
        }

        return builder.Build();
    }

    private SampleEmbeddings Noise(IReadOnlyList<string> guids, EmbeddingKind kind) =>
        new(guids, Size, [.. guids.SelectMany(_ => Noise())]) { Kind = kind };

    private float[] Noise() => [.. Enumerable.Range(0, Size).Select(_ => (float)Random.NextDouble())];
}
