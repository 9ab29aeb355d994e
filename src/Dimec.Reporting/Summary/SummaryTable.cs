using Dimec.Evaluation;
using Dimec.Policies;
using Dimec.Reporting.Drawing;
using Dimec.Reporting.Summary;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>Every policy as a row: where its samples went, what it saves, and what that costs in accuracy.</summary>
internal sealed class SummaryTable(EvaluationDocument evaluation, string policy)
{
    private const float Row = 27;
    private const float Size = 15;

    // Where the columns of figures end, from the left edge of the table.
    private const float BarStart = 190;
    private const float BarEnd = 500;
    private const float Saved = 595;
    private const float Cost = 705;
    private const float Change = 930;

    public float Height => (evaluation.Policies.Count + 2) * Row;

    public void Draw(ICanvas canvas, Box box)
    {
        var cloud = evaluation.Costs.Tiers[^1].Name;
        canvas.Text(SummarySentences.PoliciesHeading, new SKPoint(box.Left, box.Top), new TextStyle(16, Bold: true));
        Tiers(canvas, box);
        var head = new TextStyle(13, Ink.Muted, Anchor.End);
        var y = box.Top + Row;
        canvas.Text("tier shares", new SKPoint(box.Left + BarStart, y), head with { Anchor = Anchor.Start });
        canvas.Text("saved", new SKPoint(box.Left + Saved, y), head);
        canvas.Text($"cost, {evaluation.Costs.Unit}", new SKPoint(box.Left + Cost, y), head);
        canvas.Text(SummarySentences.FormatAccuracyHeading(cloud: cloud), new SKPoint(box.Left + Change, y), head);
        foreach (var row in evaluation.Policies)
        {
            y += Row;
            Policy(canvas, box, row, y);
        }
    }

    /// <summary>Which colour is which tier, at the right end of the heading's line.</summary>
    private void Tiers(ICanvas canvas, Box box)
    {
        var style = new TextStyle(14);
        var x = box.Left + Change;
        for (var tier = evaluation.Costs.Tiers.Count - 1; tier >= 0; tier--)
        {
            var name = $"{evaluation.Costs.Tiers[tier].Name} (exit {evaluation.Costs.Tiers[tier].Depth})";
            x -= Fonts.Measure(name, style);
            canvas.Text(name, new SKPoint(x, box.Top), style);
            x -= 18;
            canvas.Fill(new Box(x, box.Top - 11, 12, 12), Palette.Tier(tier, evaluation.Costs.Tiers.Count), radius: 3);
            x -= 20;
        }

        if (evaluation.HasExitZero)
        {
            x -= Fonts.Measure(AnswerPlace.ExitZero, style);
            canvas.Text(AnswerPlace.ExitZero, new SKPoint(x, box.Top), style);
            canvas.Fill(new Box(x - 18, box.Top - 11, 12, 12), Ink.ExitZero, radius: 3);
        }
    }

    private void Policy(ICanvas canvas, Box box, PolicyEvaluation row, float y)
    {
        var chosen = row.Name == policy;
        if (chosen)
            canvas.Fill(new Box(box.Left - 8, y - (0.68f * Row), Change + 16, Row - 1), Ink.Grid, 0.55f, radius: 5);
        var style = new TextStyle(Size, Bold: chosen);
        canvas.Text(Name(row) + (chosen ? " (plan)" : ""), new SKPoint(box.Left, y), style);
        Shares(canvas, row, new Box(box.Left + BarStart, y - 12, BarEnd - BarStart, 15));
        var figure = style with { Anchor = Anchor.End };
        canvas.Text(Formatting.Percent(row.Reduction), new SKPoint(box.Left + Saved, y), figure);
        canvas.Text(Formatting.Cost(row.Cost, ""), new SKPoint(box.Left + Cost, y), figure);
        // The last tier's change is against itself.
        var change = row.Name == evaluation.Costs.Tiers[^1].Name
            ? "–"
            : $"{Formatting.SignedPoints(-row.Drop)} [{Formatting.SignedPoints(-row.DropInterval.Upper)}, "
                + $"{Formatting.SignedPoints(-row.DropInterval.Lower)}]";
        canvas.Text(change, new SKPoint(box.Left + Change, y), figure);
    }

    private void Shares(ICanvas canvas, PolicyEvaluation row, Box bar)
    {
        var x = bar.Left;
        foreach (var place in row.Places)
        {
            var width = bar.Width * (float)place.Share;
            if (width > 0)
            {
                canvas.Fill(
                    new Box(x, bar.Top, Math.Max(1, width - 1), bar.Height), Palette.Place(place, evaluation.Costs), radius: 2);
            }

            x += width;
        }
    }

    private string Name(PolicyEvaluation row) => evaluation.KindOf(row) switch
    {
        PolicyKind.SingleTier => $"{row.Name} only",
        PolicyKind.Bound => $"{row.Name} (bound)",
        _ => row.Name,
    };
}
