using CsCheck;
using Dimec.Cartography;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Testing.Predictions;

/// <summary>Made records for properties and hand-worked examples.</summary>
public static class RandomExits
{
    /// <summary>
    /// Exits with random logits, of any number of exits, classes, embedding length, and length of the states
    /// at the first and the last exit.
    /// </summary>
    public static Gen<RecordedExits> Gen(
        string part = "selection", int exits = 3, int classes = 3, int embedding = 4, int most = 60, int states = 0) =>
            from n in CsCheck.Gen.Int[1, most]
            from logits in CsCheck.Gen.Float[-4, 4].Array[n * exits * classes]
            from gold in CsCheck.Gen.Int[0, classes - 1].Array[n]
            from embeddings in CsCheck.Gen.Float[-2, 2].Array[n * embedding]
            from pooled in CsCheck.Gen.Float[-2, 2].Array[n * 2 * states]
            select Make(
                part, [.. Enumerable.Range(1, exits).Select(i => 2 * i)], classes, n, logits, gold, (embedding, embeddings),
                (states, pooled));

    /// <summary>A training map with random metrics and embeddings; ties and equal values are likely.</summary>
    public static Gen<PoolSamples> Map(int embedding = 4, int most = 80) =>
        from n in CsCheck.Gen.Int[1, most]
        from mu in CsCheck.Gen.Int[0, 20].Array[n]
        from sigma in CsCheck.Gen.Int[0, 10].Array[n]
        from embeddings in CsCheck.Gen.Float[-2, 2].Array[n * embedding]
        select Map([.. mu.Zip(sigma, (m, s) => (m / 20.0, s / 20.0))], embedding, embeddings);

    public static PoolSamples Map(IReadOnlyList<(double Mu, double Sigma)> points, int embedding, float[] embeddings) =>
        Join(PoolMetrics.OfOneExit(Metrics(points), 6, new CartographyOptions()), embedding, embeddings);

    /// <summary>
    /// What the own exits of all tiers but the last (at layers 2, 4, …) say of random training samples, and the map of it.
    /// </summary>
    public static Gen<(PoolSamples Map, (double Mu, double Sigma)[][] Points)> OwnMap(int tiers = 3, int embedding = 4, int most = 60) =>
        from n in CsCheck.Gen.Int[1, most]
        from mu in CsCheck.Gen.Int[0, 20].Array[n].Array[tiers - 1]
        from sigma in CsCheck.Gen.Int[0, 10].Array[n].Array[tiers - 1]
        from embeddings in CsCheck.Gen.Float[-2, 2].Array[n * embedding]
        select OwnMap([.. mu.Zip(sigma, (m, s) => m.Zip(s, (a, b) => (a / 20.0, b / 20.0)).ToArray())], embedding, embeddings);

    public static SampleMetrics[] Metrics(IEnumerable<(double Mu, double Sigma)> points) =>
        [.. points.Select((point, i) => new SampleMetrics(new SampleGuid($"t{i}"), i, 0, point.Mu, point.Sigma, 0, 0))];

    private static (PoolSamples Map, (double Mu, double Sigma)[][] Points) OwnMap(
        (double Mu, double Sigma)[][] points, int embedding, float[] embeddings)
    {
        // The exits' files need not be in one order: every other is turned round.
        var byExit = points.Select((exit, place) =>
            (2 * (place + 1), (IReadOnlyList<SampleMetrics>)(place % 2 == 0 ? Metrics(exit) : [.. Metrics(exit).Reverse()])));
        return (Join(PoolMetrics.OfOwnExits([.. byExit], new CartographyOptions()), embedding, embeddings), points);
    }

    private static PoolSamples Join(PoolMetrics samples, int embedding, float[] embeddings) =>
        PoolSamples.Join(
            samples,
            new SampleEmbeddings([.. Enumerable.Range(0, samples.Count).Select(i => samples.Guid(i).Text)], embedding, embeddings));

    /// <summary>Exits at layers 2, 4, 6 for two classes: of each sample, whether each exit is right and how confident it is.</summary>
    public static RecordedExits Worked(string part, params (int Gold, (bool Right, double Confidence)[] Exits)[] samples)
    {
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, 0);
        foreach (var (i, (gold, exits)) in samples.Index())
        {
            builder.Add($"s{i}", gold, [.. exits.SelectMany(exit => Logits(exit.Right ? gold : 1 - gold, exit.Confidence))], []);
        }

        return builder.Build();
    }

    private static float[] Logits(int label, double confidence)
    {
        var logit = (float)Math.Log(confidence / (1 - confidence));
        return label == 0 ? [logit, 0] : [0, logit];
    }

    private static RecordedExits Make(
        string part, int[] exits, int classes, int n, float[] logits, int[] gold, (int Size, float[] Values) embeddings,
        (int Size, float[] Values) states)
    {
        var builder = new RecordedExitsBuilder(
            part, exits, classes, embeddings.Size, states.Size > 0 ? [exits[0], exits[^1]] : [], states.Size);
        var row = exits.Length * classes;
        for (var i = 0; i < n; i++)
        {
            builder.Add(
                $"s{i}", gold[i], logits.AsSpan(i * row, row), embeddings.Values.AsSpan(i * embeddings.Size, embeddings.Size),
                states.Values.AsSpan(2 * i * states.Size, 2 * states.Size));
        }

        return builder.Build();
    }
}
