using Dimec.Costs;
using Dimec.Costs.Measured;
using Dimec.Inference.Batching;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Inference.Measuring;

/// <summary>
/// Holds a measurement against what other samples, another load, or another bundle of the same depths then really take: each tier with
/// batches of the samples as they are, and the bundle's plan, one sample at a time, as <see cref="DimecClient"/> serves it. What is
/// observed of a batch or a sample is the median of several passes, as what was measured is a median. A machine that does other things
/// beside does more or fewer of them now than then: batches that were measured are run again among what is observed, and say so.
/// </summary>
public static class MeasurementCheck
{
    private const int Passes = 5;

    /// <summary>Costs that differ by no more than this share of the cloud's are one: sums of the same stretches in another order.</summary>
    private const double Same = 1e-9;

    /// <summary>Predicts, then observes.</summary>
    /// <param name="measurement">What is held against it.</param>
    /// <param name="bundle">The bundle that the tiers hold now, opened with all its tiers.</param>
    /// <param name="tiers">Their addresses.</param>
    /// <param name="texts">The samples, at least one.</param>
    /// <param name="rows">How many of them make a batch for a tier; the plan is served one at a time.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="security">By what tiers are known, and what is shown to them; null: the system's authorities, and nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">The bundle has other tiers than the measurement, or an address is wrong.</exception>
    /// <exception cref="JobException">A tier does not answer.</exception>
    public static async Task<IReadOnlyList<CheckedCost>> RunAsync(
        Measurement measurement, Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, IReadOnlyList<TextInput> texts, int rows,
        TimeProvider? time = null, TierSecurity? security = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentNullException.ThrowIfNull(texts);
        time ??= TimeProvider.System;
        var options = new MeasureOptions { Texts = texts, Security = security ?? new TierSecurity() };
        var errors = new InputErrors();
        CheckTiers(measurement, bundle, errors);
        BundleMeasurer.Check(bundle, tiers, options, errors);
        errors.ThrowIfAny();
        var lengths = texts.Select(text => Tokens(bundle, text)).ToArray();
        var batches = LengthBatches.Of([.. Enumerable.Range(0, texts.Count)], place => lengths[place], rows, int.MaxValue)
            .Select(batch => (Tokens: batch.Max(place => lengths[place]), Rows: batch.Length))
            .ToArray();
        var nearest = measurement.Rows.MinBy(measured => Math.Abs(measured - batches.Max(batch => batch.Rows)));
        var plan = await PlanAsync(measurement, bundle, tiers, options, lengths, time, cancellationToken).ConfigureAwait(false);
        var each = await TiersAsync(measurement, bundle, tiers, options, batches, nearest, time, cancellationToken).ConfigureAwait(false);
        return [.. each, .. plan];
    }

    private static void CheckTiers(Measurement measurement, Bundle bundle, InputErrors errors)
    {
        var measured = measurement.Tiers.Select(tier => (tier.Name, tier.Depth));
        var here = bundle.Manifest.Tiers.Select(tier => (tier.Name, tier.Depth));
        if (!measured.SequenceEqual(here))
        {
            errors.Add(
                bundle.Folder, $"has the tiers {Listed(here)}, and {Listed(measured)} were measured",
                "measure this bundle, or check one with those");
        }

        static string Listed(IEnumerable<(string Name, int Depth)> tiers) =>
            string.Join(", ", tiers.Select(tier => FormattableString.Invariant($"{tier.Name} {tier.Depth}")));
    }

    private static async Task<List<CheckedCost>> TiersAsync(
        Measurement measurement, Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions options,
        (int Tokens, int Rows)[] batches, int nearest, TimeProvider time, CancellationToken cancellationToken)
    {
        var count = (double)batches.Sum(batch => batch.Rows);
        var probes = Probes(bundle, tiers, options, time);
        var pace = new Pace(measurement, probes, nearest);
        try
        {
            // In turn within a pass, so that whatever else the machine does meets all alike; the first pass warms up.
            var (passes, sent) = (probes.Select(_ => new List<double[]>()).ToArray(), new double[probes.Count]);
            for (var pass = 0; pass <= Passes; pass++)
            {
                foreach (var (place, probe) in probes.Index())
                {
                    var readings = new List<ProbeReading>();
                    foreach (var (tokens, rows) in batches)
                        readings.Add(await probe.RunAsync(probe.Stretches[0], tokens, rows, cancellationToken).ConfigureAwait(false));
                    if (pass > 0)
                        await pace.TakeAsync(place, cancellationToken).ConfigureAwait(false);
                    if (pass > 0)
                        passes[place].Add([.. readings.Select(reading => reading.Ms)]);
                    sent[place] = readings.Sum(reading => reading.Sent) / count;
                }
            }

            var load = batches.Max(batch => batch.Rows);
            var found = measurement.Tiers.Select((tier, place) => new CheckedCost(
                $"{tier.Name}, batches of {load}", "ms", Predicted(tier.Milliseconds), Medians(passes[place]) / count)
            {
                Pace = pace.Of(place),
            }).ToList();
            found.AddRange(measurement.Tiers.Index().Skip(1).Select(tier => new CheckedCost(
                $"to {tier.Item.Name}, batches of {load}", "bytes", Predicted(tier.Item.BytesSent), sent[tier.Index])));
            return found;
        }
        finally
        {
            probes.ForEach(probe => probe.Dispose());
        }

        double Predicted(Func<int, int, double> batch) => batches.Sum(own => batch(own.Tokens, own.Rows)) / count;
    }

    private static List<ITierProbe> Probes(
        Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions options, TimeProvider time)
    {
        var samples = new SampleRows(bundle, options.Texts);
        return
        [
            new LocalProbe(TierModel.Load(bundle, bundle.Manifest.Tiers[0].Name), samples, time),
            .. bundle.Manifest.Tiers.Index().Skip(1).Select(tier =>
                new RemoteProbe(bundle, tier.Index, tiers[tier.Item.Name], samples, options.Texts, options, time)),
        ];
    }

    private static async Task<List<CheckedCost>> PlanAsync(
        Measurement measurement, Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions measured, int[] lengths,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var texts = measured.Texts;
        var part = new Dataset(
            PartNames.Dev, [.. texts.Select((text, i) => new Sample(text.Guid ?? $"{i}", text.Text, text.Pair, 0))], bundle.Manifest.Labels,
            bundle.Manifest.HasPair);
        var recorded = BundleExits.Record(bundle, part, cancellationToken);
        var relays = tiers.ToDictionary(tier => tier.Key, tier => new CountingRelay(tier.Value));
        var options = new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(30), Security = measured.Security };
        var probes = Probes(bundle, tiers, measured, time);
        var pace = new Pace(measurement, probes, rows: 1);
        try
        {
            var passes = new List<double[]>();
            var client = await DimecClient.ConnectAsync(bundle, tiers, options, time, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                for (var pass = 0; pass <= Passes; pass++)
                {
                    var (ms, _) = await ServeAsync(client, texts, time, cancellationToken).ConfigureAwait(false);
                    for (var tier = 0; tier < probes.Count; tier++)
                        await pace.TakeAsync(tier, cancellationToken).ConfigureAwait(false);
                    if (pass > 0)
                        passes.Add(ms);
                }
            }

            var counted = await DimecClient.ConnectAsync(
                bundle, relays.ToDictionary(relay => relay.Key, relay => relay.Value.Address), options, time, cancellationToken)
                .ConfigureAwait(false);
            var (bytes, otherwise) = (0L, 0);
            await using (counted.ConfigureAwait(false))
            {
                await ServeAsync(counted, texts, time, cancellationToken).ConfigureAwait(false);
                var before = relays.Values.Sum(relay => relay.Sent + relay.Received);
                var (_, costs) = await ServeAsync(counted, texts, time, cancellationToken).ConfigureAwait(false);
                var planned = PolicyRunner.Run(bundle.Plan.CreatePolicy(), recorded, bundle.Plan.Costs).Costs;
                otherwise = costs.Zip(planned).Count(cost => Math.Abs(cost.First - cost.Second) > Same * bundle.Plan.Costs.Cloud);
                bytes = relays.Values.Sum(relay => relay.Sent + relay.Received) - before;
            }

            return
            [
                new CheckedCost(
                    "the plan, a sample at a time", "ms", Predicted(conversion => conversion.Milliseconds()),
                    Medians(passes) / texts.Count)
                {
                    Pace = Enumerable.Range(0, probes.Count).Average(pace.Of),
                    Otherwise = otherwise,
                },
                new CheckedCost(
                    "the plan, a sample at a time", "bytes", Predicted(conversion => conversion.Bytes()), bytes / (double)texts.Count)
                {
                    Otherwise = otherwise,
                },
            ];
        }
        finally
        {
            probes.ForEach(probe => probe.Dispose());
            foreach (var relay in relays.Values)
                await relay.DisposeAsync().ConfigureAwait(false);
        }

        double Predicted(Func<CostConversion, CostStructure> convert)
        {
            // Each sample at the costs of its own length: the long ones may be those that go far.
            var policy = bundle.Plan.CreatePolicy();
            var runs = lengths.Distinct().ToDictionary(length => length, length => PolicyRunner.Run(
                policy, recorded, convert(new CostConversion(measurement, "", MeasuredLoad.OfLengths([length])))));
            return lengths.Select((length, sample) => runs[length].Costs[sample]).Average();
        }
    }

    /// <summary>What each text took, in milliseconds, and what it cost, as the plan counts.</summary>
    private static async Task<(double[] Taken, double[] Costs)> ServeAsync(
        DimecClient client, IReadOnlyList<TextInput> texts, TimeProvider time, CancellationToken cancellationToken)
    {
        var (taken, costs) = (new double[texts.Count], new double[texts.Count]);
        for (var i = 0; i < texts.Count; i++)
        {
            var began = time.GetTimestamp();
            var answers = await client.ClassifyAsync([texts[i]], cancellationToken).ConfigureAwait(false);
            (taken[i], costs[i]) = (time.GetElapsedTime(began).TotalMilliseconds, answers[0].Cost);
            if (answers[0].Fallback)
                throw new JobException(string.Join(' ', answers[0].Failures.Select(failure => failure.Sentence)));
        }

        return (taken, costs);
    }

    /// <summary>The sum of what each took by the median of the passes.</summary>
    private static double Medians(List<double[]> passes) =>
        Enumerable.Range(0, passes[0].Length).Sum(item => MeasuredValue.Of([.. passes.Select(pass => pass[item])]).Median);

    private static int Tokens(Bundle bundle, TextInput text) =>
        bundle.Tokenizer.Encode(text.Text, text.Pair, bundle.Manifest.MaxLength).Ids.Length;
}
