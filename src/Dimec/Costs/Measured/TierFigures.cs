namespace Dimec.Costs.Measured;

/// <summary>What a tier takes for one sample of a load: milliseconds and bytes, from which every unit is made.</summary>
internal sealed class TierFigures
{
    /// <summary>
    /// The way there and back is at most this share of what a whole tier takes, whatever noise says: a tiny model's run takes no longer
    /// than its message, and what it takes in all is what was measured.
    /// </summary>
    private const double MostBring = 0.99;

    private TierFigures(
        MeasuredTier tier, LayerLine line, double bring, double bringHidden, double sent, double sentHidden, double received)
    {
        (Tier, Line, Bring, BringHidden) = (tier, line, bring, bringHidden);
        (Sent, SentHidden, Received) = (sent, sentHidden, received);
    }

    public MeasuredTier Tier { get; }

    /// <summary>Milliseconds of its layers and of a stretch beside them.</summary>
    public LayerLine Line { get; }

    /// <summary>Milliseconds to bring it token ids and to hear from it.</summary>
    public double Bring { get; }

    /// <summary>Milliseconds to bring it hidden states and to hear from it; those of ids where states were not measured.</summary>
    public double BringHidden { get; }

    /// <summary>Bytes of token ids to it.</summary>
    public double Sent { get; }

    /// <summary>Bytes of hidden states to it.</summary>
    public double SentHidden { get; }

    /// <summary>Bytes of its answer.</summary>
    public double Received { get; }

    /// <summary>The network's way there and back, milliseconds.</summary>
    public double Network => Tier.Connect?.Median ?? 0;

    public static TierFigures Of(Measurement measurement, MeasuredTier tier, MeasuredLoad load)
    {
        var all = tier.Wholes(run => run.Ms.Median).Mean(load);
        var bring = Math.Min(MostBring * all, Payload(tier, PayloadKind.Ids)?.Mean(load) ?? (tier.Connect?.Median ?? 0) / load.Rows);
        var bringHidden = Payload(tier, measurement.HiddenStates)?.Mean(load) ?? bring;
        var others = tier.Runs
            .Where(run => (run.From, run.To) != (0, tier.Depth))
            .GroupBy(run => (run.From, run.To))
            .Select(runs => (
                runs.Key.To - runs.Key.From,
                Math.Max(0, Mean(runs, load) - (tier.Address is null || runs.Key.From == 0 ? bring : bringHidden))))
            .ToArray();
        var sent = Bytes(tier, PayloadKind.Ids)?.Mean(load) ?? tier.Wholes(run => run.Sent).Mean(load);
        return new TierFigures(
            tier, LayerLine.Of(tier.Depth, all - bring, others), bring, bringHidden, sent,
            Bytes(tier, measurement.HiddenStates)?.Mean(load) ?? sent, tier.Wholes(run => run.Received).Mean(load));
    }

    /// <summary>The interval of what a sample takes that the tier processes wholly, in milliseconds.</summary>
    public static (double Lower, double Upper) Whole(MeasuredTier tier, MeasuredLoad load) =>
        (tier.Wholes(run => run.Ms.Interval.Lower).Mean(load), tier.Wholes(run => run.Ms.Interval.Upper).Mean(load));

    private static double Mean(IEnumerable<MeasuredRun> runs, MeasuredLoad load) =>
        new Surface(runs.Select(run => (run.Tokens, run.Rows, run.Ms.Median))).Mean(load);

    private static Surface? Payload(MeasuredTier tier, PayloadKind kind)
    {
        var timed = tier.Payloads.Where(payload => payload.Kind == kind && payload.Ms is not null).ToArray();
        return timed.Length == 0 ? null : new Surface(timed.Select(payload => (payload.Tokens, payload.Rows, payload.Ms!.Value.Median)));
    }

    private static Surface? Bytes(MeasuredTier tier, PayloadKind kind)
    {
        var sent = tier.Payloads.Where(payload => payload.Kind == kind).ToArray();
        return sent.Length == 0 ? null : new Surface(sent.Select(payload => (payload.Tokens, payload.Rows, (double)payload.Sent)));
    }
}
