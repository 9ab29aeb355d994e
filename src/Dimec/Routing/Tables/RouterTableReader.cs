using System.Globalization;
using Dimec.Predictions;

namespace Dimec.Routing.Tables;

/// <summary>Reads a <see cref="RouterTable"/>: every cell has to be there and to be what its column says.</summary>
internal sealed class RouterTableReader
{
    /// <summary>The number of the true answer where a table says who is right; wrong answers have their tiers' numbers after it.</summary>
    private const int RightAnswer = 0;

    private const int NoGold = -1;

    private static readonly string[] s_parts = [PartNames.Selection, PartNames.Calibration, PartNames.Dev];

    private readonly TableErrors _errors;
    private readonly TableRows _rows;
    private readonly TableColumns _columns;

    private RouterTableReader(TableErrors errors, TableRows rows) =>
        (_errors, _rows, _columns) = (errors, rows, TableColumns.Of(rows.Columns, errors));

    public static RouterTable Read(string path)
    {
        var errors = new TableErrors(path);
        return new RouterTableReader(errors, TableRows.Read(path, errors)).Table();
    }

    private RouterTable Table()
    {
        if (_rows.Rows.Count == 0)
            _errors.AddFile("has no rows", "add a row a sample");
        var ids = Ids();
        double[] scores = [.. _rows.Rows.Select(row => Number(row, _columns.Score, least: double.NegativeInfinity))];
        var parts = _columns.Part < 0 ? null : _rows.Rows.Select(Part).ToArray();
        double[][] costs = [.. _columns.Tiers.Select(tier =>
            (double[])[.. _rows.Rows.Select(row => Number(row, tier.Cost, least: 0))])];
        var (gold, answers) = _columns.HasAnswers ? Answers() : Rights();
        _errors.ThrowIfAny();
        CheckTiers(gold, answers, costs);
        _errors.ThrowIfAny();
        return new RouterTable(_errors.Name, [.. _columns.Tiers.Select(tier => tier.Name)], ids, scores, gold, answers, costs, parts);
    }

    private string[] Ids()
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. _rows.Rows.Select(row =>
        {
            var id = Cell(row, _columns.Id);
            if (id.Length > 0 && !lines.TryAdd(id, row.Line))
                _errors.AddCell(row.Line, TableColumns.IdName, $"is '{id}', as in line {lines[id]}", "give every sample an id of its own");
            return id;
        })];
    }

    private (int[] Gold, int[][] Answers) Rights() => (
        new int[_rows.Rows.Count],
        [.. _columns.Tiers.Select((tier, place) => (int[])[.. _rows.Rows.Select(row => IsRight(row, tier) ? RightAnswer : place + 1)])]);

    private (int[] Gold, int[][] Answers) Answers()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(TableRow row, int column)
        {
            var answer = Cell(row, column);
            if (!numbers.TryGetValue(answer, out var number))
                numbers.Add(answer, number = numbers.Count);
            return number;
        }

        return (
            [.. _rows.Rows.Select(row => _columns.Gold < 0 ? NoGold : Number(row, _columns.Gold))],
            [.. _columns.Tiers.Select(tier => (int[])[.. _rows.Rows.Select(row => Number(row, tier.Outcome))])]);
    }

    private string Part(TableRow row)
    {
        var part = Cell(row, _columns.Part);
        if (part.Length > 0 && !s_parts.Contains(part))
            _errors.AddCell(row.Line, TableColumns.PartName, $"is '{part}'", $"use one of {string.Join(", ", s_parts)}");
        return part;
    }

    private bool IsRight(TableRow row, TierColumns tier)
    {
        var cell = Cell(row, tier.Outcome);
        switch (cell.ToUpperInvariant())
        {
            case "1" or "TRUE":
                return true;
            case "0" or "FALSE" or "":
                return false;
            default:
                _errors.AddCell(row.Line, _rows.Columns[tier.Outcome], $"is '{cell}'", "write 1 where the tier is right, else 0");
                return false;
        }
    }

    private double Number(TableRow row, int column, double least)
    {
        var cell = Cell(row, column);
        if (cell.Length == 0)
            return 0;
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            && number >= least)
        {
            return number;
        }

        _errors.AddCell(
            row.Line, _rows.Columns[column], $"is '{cell}'",
            double.IsFinite(least) ? "write a finite number that is not below 0" : "write a finite number");
        return 0;
    }

    /// <summary>A cell without white space around it; one that is missing is a mistake, and empty.</summary>
    private string Cell(TableRow row, int column)
    {
        var cell = row.Cells[column]?.Trim() ?? "";
        if (cell.Length == 0)
            _errors.AddCell(row.Line, _rows.Columns[column], "is missing", "fill the cell, or leave the row out");
        return cell;
    }

    private void CheckTiers(int[] gold, int[][] answers, double[][] costs)
    {
        double[] means = [.. costs.Select(tier => tier.Average())];
        foreach (var (place, tier) in _columns.Tiers.Index())
        {
            if (gold[0] != NoGold && !answers[place].Where((answer, row) => answer == gold[row]).Any())
            {
                _errors.AddColumn(
                    _rows.Columns[tier.Outcome], $"has the tier '{tier.Name}' right in none of {gold.Length} rows",
                    "check how right answers were told, or leave the tier out");
            }

            if (place > 0 && means[place] < means[place - 1])
            {
                _errors.AddColumn(
                    _rows.Columns[tier.Cost],
                    FormattableString.Invariant($"has a mean of {means[place]:G4}, below the {means[place - 1]:G4} of ")
                    + $"'{_columns.Tiers[place - 1].Name}' before it",
                    "order the tiers' columns from the cheapest to the dearest, and leave out a tier that is dearer and no better");
            }
        }

        var dearest = _rows.Columns[_columns.Tiers[^1].Cost];
        if (means[^1] == 0)
            _errors.AddColumn(dearest, "is 0 in all rows, so that there is nothing to save", "give what the tier costs");
        if (double.IsInfinity(means[^1]))
            _errors.AddColumn(dearest, "has costs too large to be added up", "give them in a larger unit");
    }
}
