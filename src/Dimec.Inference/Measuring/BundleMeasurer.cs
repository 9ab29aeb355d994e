using Dimec.Costs.Measured;

namespace Dimec.Inference.Measuring;

/// <summary>
/// Measures the tiers of a bundle as a client meets them: the first in this process, the others at their addresses. Everything is measured
/// once a round, forth in one and back in the next, so that whatever else a machine does meets all alike; the first rounds
/// warm up and do not count.
/// </summary>
public static class BundleMeasurer
{
    private const int AnswersLookedAt = 3;

    /// <summary>The part of the time that is measured for by which it is warmed up at most before.</summary>
    private const int WarmUpShare = 2;

    /// <summary>A round that takes at least so much of the fastest before is no faster than it.</summary>
    private const double AsLong = 0.95;

    /// <summary>So many rounds in a row that are no faster are no accident.</summary>
    private const int InARow = 2;

    /// <summary>Measures.</summary>
    /// <param name="bundle">The bundle, opened at least for its first tier.</param>
    /// <param name="tiers">The addresses of all other tiers by their names.</param>
    /// <param name="options">What, and for how long; null: the defaults.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="meter">What tells of the machine's energy; null: nothing does.</param>
    /// <param name="progress">Told after each round how many are done; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">A tier has no address, an address or an option is wrong, or there is no text to measure with.
    /// </exception>
    /// <exception cref="JobException">A tier does not answer, or serves another bundle.</exception>
    public static async Task<Measurement> MeasureAsync(
        Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions? options = null, TimeProvider? time = null,
        IEnergyMeter? meter = null, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        options ??= new MeasureOptions();
        var errors = new InputErrors();
        Check(bundle, tiers, options, errors);
        errors.ThrowIfAny();
        time ??= TimeProvider.System;
        await RequireTiersAsync(bundle, tiers, options, cancellationToken).ConfigureAwait(false);
        using var round = new MeasureRound(bundle, tiers, options, time);
        await WarmUpAsync(round, options.Budget / WarmUpShare, time, cancellationToken).ConfigureAwait(false);
        var began = time.GetTimestamp();
        for (var done = 0; done < options.MaxRounds
            && (done < MeasuredValue.LeastCount || time.GetElapsedTime(began) < options.Budget); done++)
        {
            await round.RunAsync(isForth: done % 2 == 0, isCounted: true, cancellationToken).ConfigureAwait(false);
            progress?.Invoke(done + 1);
        }

        var power = meter is null ? null : await PowerProbe.OfAsync(meter, round, time, cancellationToken).ConfigureAwait(false);
        return await round.MeasurementAsync(time.GetUtcNow(), power, AnswersLookedAt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a call without connecting, so that its mistakes can be reported with a caller's own.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="tiers">The addresses.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="errors">Gets everything that is wrong as far as it can be known.</param>
    public static void Check(Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions options, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        DimecClient.Check(bundle, tiers, new DimecClientOptions { Security = options.Security }, errors);
        foreach (var tier in bundle.Manifest.Tiers.Skip(1).Where(tier => !tiers.ContainsKey(tier.Name)))
            errors.Add($"tier {tier.Name}", "has no address, and all tiers are measured", "say where it answers, e.g. grpc://host:8001");
        options.Validate(bundle.Manifest.MaxLength, errors);
        if (options.Texts.Count == 0 && bundle.Manifest.Golden is null)
            errors.Add(bundle.Folder, "holds no golden samples to measure with", "give texts");
    }

    /// <summary>
    /// Code is compiled anew, and faster, while it runs the first times, here and in a tier that was just started: rounds are repeated
    /// until they get no shorter.
    /// </summary>
    private static async Task WarmUpAsync(MeasureRound round, TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        var (began, fastest, noFaster) = (time.GetTimestamp(), TimeSpan.MaxValue, 0);
        do
        {
            var start = time.GetTimestamp();
            await round.RunAsync(isForth: true, isCounted: false, cancellationToken).ConfigureAwait(false);
            var took = time.GetElapsedTime(start);
            noFaster = took < AsLong * fastest ? 0 : noFaster + 1;
            fastest = took < fastest ? took : fastest;
        }
        while (noFaster < InARow && time.GetElapsedTime(began) < most);
    }

    private static async Task RequireTiersAsync(
        Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions options, CancellationToken cancellationToken)
    {
        var patient = new DimecClientOptions { TierTimeout = options.Timeout, Security = options.Security };
        await using var client = await DimecClient
            .ConnectAsync(bundle, tiers, patient, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (client.Unreachable.Count > 0)
            throw new JobException(string.Join(' ', client.Unreachable.Select(failure => failure.Sentence)));
    }
}
