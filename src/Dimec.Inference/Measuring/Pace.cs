using Dimec.Costs.Measured;

namespace Dimec.Inference.Measuring;

/// <summary>
/// How much longer a machine takes now than when it was measured, by batches that were measured then: whatever else it does beside meets
/// these as it meets what is observed among them.
/// </summary>
/// <param name="measurement">What was measured then.</param>
/// <param name="probes">The tiers as they are now.</param>
/// <param name="rows">The batch size, one of those that were measured.</param>
internal sealed class Pace(Measurement measurement, IReadOnlyList<ITierProbe> probes, int rows)
{
    private readonly Dictionary<(int Tier, int Tokens), List<double>> _now = [];

    /// <summary>Has a tier run its batches once.</summary>
    public async Task TakeAsync(int tier, CancellationToken cancellationToken)
    {
        foreach (var bucket in measurement.Buckets)
        {
            var reading = await probes[tier]
                .RunAsync(probes[tier].Stretches[0], bucket.Tokens, rows, cancellationToken).ConfigureAwait(false);
            if (!_now.TryGetValue((tier, bucket.Tokens), out var list))
                _now.Add((tier, bucket.Tokens), list = []);
            list.Add(reading.Ms);
        }
    }

    /// <summary>Of a tier: 2 where it takes twice as long as then.</summary>
    public double Of(int tier) =>
        measurement.Buckets.Sum(bucket => MeasuredValue.Of(_now[(tier, bucket.Tokens)]).Median)
        / measurement.Buckets.Sum(bucket => measurement.Tiers[tier].Milliseconds(bucket.Tokens, rows));
}
