using Dimec.Bundles;
using Dimec.Costs;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Policies;

namespace Dimec.Inference.Walks;

/// <summary>
/// Visits as tensors: what was run, [rows, visits, 4] (see <see cref="TierNames.Passed"/>), and the exits' logits, [rows, visits, classes].
/// What comes from the network is held against the tiers before anybody relies on it.
/// </summary>
/// <param name="costs">The tiers.</param>
/// <param name="classes">Logits a visit.</param>
internal sealed class VisitCodec(CostStructure costs, int classes)
{
    private const int Fields = 4;
    private const int None = -1;

    /// <summary>The two tensors of rows' visits; a row with fewer than others is filled up.</summary>
    public IReadOnlyList<Tensor> Encode(string works, string logits, IReadOnlyList<IReadOnlyList<Visit>> rows)
    {
        var most = rows.Max(row => row.Count);
        var (numbers, values) = (new int[rows.Count * most * Fields], new float[rows.Count * most * classes]);
        Array.Fill(numbers, None);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var v = 0; v < rows[row].Count; v++)
            {
                var (place, visit) = ((row * most) + v, rows[row][v]);
                int[] fields = [visit.Work.Tier, visit.Work.From, visit.Work.To, (int)visit.Work.Start];
                fields.CopyTo(numbers.AsSpan(place * Fields));
                visit.Logits.Span.CopyTo(values.AsSpan(place * classes));
            }
        }

        return
        [
            Tensor.From<int>(works, [rows.Count, most, Fields], numbers),
            Tensor.From<float>(logits, [rows.Count, most, classes], values),
        ];
    }

    /// <summary>The rows' visits.</summary>
    /// <param name="works">What was run.</param>
    /// <param name="logits">What the exits said.</param>
    /// <param name="before">For each row what was visited before these.</param>
    /// <param name="first">The place of the first tier that can have made them: who goes on asks deeper tiers alone.</param>
    /// <exception cref="ProtocolException">A shape is another, or a visit is not possible.</exception>
    public Visit[][] Decode(Tensor works, Tensor logits, IReadOnlyList<IReadOnlyList<Visit>> before, int first = 0)
    {
        if (works.Shape is not [var rows, var most, Fields] || rows != before.Count)
        {
            throw new ProtocolException(
                $"'{works.Name}' has the shape {TensorShape.Format(works.Shape)} instead of [{before.Count}, visits, {Fields}]");
        }

        if (!logits.Shape.AsSpan().SequenceEqual([rows, most, classes]))
        {
            throw new ProtocolException(
                $"'{logits.Name}' has the shape {TensorShape.Format(logits.Shape)} instead of [{rows},{most},{classes}]");
        }

        var (numbers, values) = (works.ToArray<int>(), logits.ToArray<float>());
        return [.. before.Select((passed, row) => Row(row, (int)most, passed, first, numbers, values))];
    }

    private Visit[] Row(int row, int most, IReadOnlyList<Visit> passed, int first, int[] numbers, float[] values)
    {
        var visits = new List<Visit>();
        TierWork? last = passed.Count == 0 ? null : passed[^1].Work;
        for (var v = 0; v < most && numbers[((row * most) + v) * Fields] != None; v++)
        {
            var place = (row * most) + v;
            var fields = numbers.AsSpan(place * Fields, Fields);
            // Nobody looks at an exit twice on one tier.
            if (Work(fields, last) is not { } work || work.Tier < first || visits.Concat(passed).Any(visit => IsSame(visit.Work, work)))
            {
                throw new ProtocolException(
                    $"row {row} has a visit that is not possible: tier {fields[0]}, layers {fields[1]} to {fields[2]}, start {fields[3]}");
            }

            var own = values.AsMemory(place * classes, classes);
            if (own.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
                throw new ProtocolException($"row {row} has a logit that is not a finite number");
            visits.Add(new Visit(work, own));
            last = work;
        }

        return [.. visits];
    }

    private static bool IsSame(TierWork one, TierWork other) => (one.Tier, one.To) == (other.Tier, other.To);

    /// <summary>The work that four numbers stand for; null where there can be none such after the last.</summary>
    private TierWork? Work(ReadOnlySpan<int> fields, TierWork? last)
    {
        var (tier, from, to, start) = (fields[0], fields[1], fields[2], (WorkStart)fields[3]);
        if (tier < 0 || tier >= costs.Tiers.Count || from < 0 || to > costs.Tiers[tier].Depth || !Enum.IsDefined(start))
            return null;
        // Exit 0, which is the first of all and runs no layer.
        if (to == 0)
            return (tier, from, start, last) == (0, 0, WorkStart.Here, null) ? TierWork.Further(0, 0, 0) : null;
        if (to <= from || (start == WorkStart.Text ? from != 0 : from == 0 || last?.To != from))
            return null;
        return start switch
        {
            WorkStart.Text => TierWork.OfText(tier, to),
            WorkStart.Here => last!.Value.Tier == tier ? TierWork.Further(tier, from, to) : null,
            _ => new TierWork(tier, from, to, start, last!.Value.Tier),
        };
    }
}
