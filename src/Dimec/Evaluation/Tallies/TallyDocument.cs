using System.Text.Json;
using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Parts;
using Dimec.Json;
using Dimec.Policies.Bandits;
using Dimec.Predictions;

namespace Dimec.Evaluation.Tallies;

/// <summary>
/// Published policies in their own tallies, to set beside published figures:
/// not all work is charged, so nothing else is comparable with it.
/// </summary>
/// <param name="Part">The part that is reported.</param>
/// <param name="N">Its number of samples.</param>
/// <param name="Layers">L, the layer of the last exit.</param>
/// <param name="Orders">In how many orders the samples came.</param>
/// <param name="Rows">A row for each policy and o.</param>
public sealed record TallyDocument(string Part, int N, int Layers, int Orders, IReadOnlyList<TallyRow> Rows)
{
    /// <summary>The published number of orders.</summary>
    public const int UsualOrders = 20;

    /// <summary>Plays SplitEE and SplitEE-S over a part: every exit is an arm, and UCB with c = 1 learns which without labels.</summary>
    /// <param name="selection">The part that the threshold is chosen on.</param>
    /// <param name="reported">The part to report on, recorded at the same exits, with the true class of every sample known.</param>
    /// <param name="orders">In how many orders the samples come, at least 1.</param>
    /// <exception cref="InputException">The exits differ, or a true class is unknown.</exception>
    public static TallyDocument SplitEe(SelectionPart selection, RecordedExits reported, int orders = UsualOrders)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(reported);
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        reported.RequireGold();
        if (!reported.Exits.SequenceEqual(selection.Exits.Exits))
        {
            throw new InputException(
                $"predictions/{reported.Part}.jsonl",
                $"has exits {string.Join(", ", reported.Exits)} where "
                + $"predictions/selection.jsonl has {string.Join(", ", selection.Exits.Exits)}",
                "record both parts with the same model");
        }

        var rows =
            from tally in SplitTally.All
            from offload in SplitTally.Offloads
            let threshold = BanditGrids.Thresholds.MaxBy(threshold =>
                Play(tally, selection.Exits, offload, threshold, order: 0).Earned)
            select Row(tally, reported, offload, threshold, orders);
        return new TallyDocument(reported.Part, reported.Count, reported.Exits[^1], orders, [.. rows]);
    }

    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteString("tally", ChoiceNames.Of(PublishedTally.Splitee));
        json.WriteBoolean("allWorkCharged", false);
        json.WriteString("part", Part);
        json.WriteNumber("n", N);
        json.WriteNumber("layers", Layers);
        json.WriteNumber("layer", SplitTally.Layer);
        json.WriteNumber("orders", Orders);
        json.WriteStartArray("policies");
        foreach (var row in Rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Policy);
            json.WriteNumber("offload", row.Offload);
            json.WriteNumber("threshold", row.Threshold);
            json.WriteNumber("accuracy", row.Accuracy);
            json.WriteNumber("drop", row.Drop);
            json.WriteNumber("cost", row.Cost);
            json.WriteNumber("reduction", row.Reduction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("notes", PartNotes.Of(Part));
        json.WriteEndObject();
    }

    private static TallyRow Row(SplitTally tally, RecordedExits part, double offload, double threshold, int orders)
    {
        var last = part.Exits.Count - 1;
        var (right, cost) = (0, 0.0);
        for (var order = 0; order < orders; order++)
        {
            var played = Play(tally, part, offload, threshold, order);
            right += played.Right(part);
            cost += played.Cost;
        }

        var all = (double)part.Count * orders;
        var alone = ExitAccuracy.Of(part, last).Share;
        return new TallyRow(
            tally.Name, offload, threshold, right / all, alone - (right / all), cost / all,
            1 - (cost / all / (SplitTally.Layer * part.Exits[last])));
    }

    private static BanditPlay Play(SplitTally tally, RecordedExits part, double offload, double threshold, int order)
    {
        var last = part.Exits.Count - 1;
        var table = BanditTable.OfSplits(
            part, [.. Enumerable.Range(0, part.Exits.Count)], threshold, BanditTable.OrderOf(part, order));
        var stay = part.Exits.Select((layer, arm) => new BanditOutcome([], arm, tally.Cost(layer), SplitTally.Layer * layer));
        var goOn = part.Exits.Select(layer =>
            new BanditOutcome([], last, tally.Cost(layer) + offload, offload + (SplitTally.Layer * layer)));
        return new BanditStream(part, table, [.. stay, .. goOn]).Play(weight: 1, bonus: 1, tally.AsksAll);
    }
}
