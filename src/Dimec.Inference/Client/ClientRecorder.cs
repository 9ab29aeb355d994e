using Dimec.Inference.Walks;

namespace Dimec.Inference.Client;

/// <summary>A client's recording: its own exits, and those of the tiers that it has addresses of.</summary>
internal static class ClientRecorder
{
    /// <summary>How long the end of a client waits for what is still to be recorded.</summary>
    public static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(30);

    /// <summary>Every plan is compared with the last tier, so what it says belongs to every sample.</summary>
    public static void Check(
        Bundle bundle, ILookup<string, Uri> tiers, DimecClientOptions options, InputErrors errors)
    {
        if (options.Record is null || tiers.Contains(bundle.Manifest.Tiers[^1].Name))
            return;
        errors.Add(
            OptionNames.Of<DimecClientOptions>(nameof(options.Record)),
            $"is given, and no address of {bundle.Manifest.Tiers[^1].Name}, with which every plan is compared", "give its address");
    }

    /// <summary>Opens the file; null where nothing is to be recorded.</summary>
    /// <exception cref="InputException">The file is another bundle's or cannot be written.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static ExitRecorder? Begin(
        Bundle bundle, ILookup<string, Uri> tiers, DimecClientOptions options, TierModel model, TimeProvider time)
    {
        if (options.Record is not { } file)
            return null;
        // Connections of its own, so that no answer waits for what is asked for the record.
        var asking = options with { MaxConcurrency = 1 };
        (RemoteTier Tier, int Exit)[] remotes = [.. bundle.Manifest.Tiers.Where(tier => tiers.Contains(tier.Name))
            .Select(tier => (new RemoteTier(bundle, tier, tiers[tier.Name], asking, time), tier.Exit))];
        var source = new ExitSource(
            bundle.Ngram is null ? null : new ExitZero(bundle), new ExitSteps(bundle.Shape, [model]), [], remotes,
            bundle.Manifest.Labels.Count);
        return ExitRecorder.Begin(bundle, file, options.RecordLimit, source);
    }

    /// <summary>A sample that has its answer.</summary>
    /// <param name="input">The text; where it is its own name, it has none.</param>
    /// <param name="sample">What was said of it.</param>
    public static AnsweredSample Sample(TextInput input, SampleProgress sample)
    {
        var known = new Dictionary<int, ReadOnlyMemory<float>>();
        foreach (var visit in sample.Visits)
            known[visit.Exit] = visit.Logits;
        return new AnsweredSample(
            input.Guid == input.Text || input.Guid == input.Pair ? null : input.Guid, sample.Tokens, known);
    }
}
