namespace Dimec.Routing.Tables;

/// <summary>Where a table's columns lie.</summary>
/// <param name="Id">The ids' column.</param>
/// <param name="Score">The scores'.</param>
/// <param name="Gold">The true answers'; −1 without one.</param>
/// <param name="Part">The parts'; −1 without one.</param>
/// <param name="Tiers">The tiers', in the order in which the file names them.</param>
internal sealed record TableColumns(int Id, int Score, int Gold, int Part, IReadOnlyList<TierColumns> Tiers)
{
    /// <summary>The most columns: those of some hundred tiers.</summary>
    public const int Most = 1000;

    public const string IdName = "id";
    public const string ScoreName = "score";
    public const string GoldName = "gold";
    public const string PartName = "part";
    public const string RightEnding = ".right";
    public const string AnswerEnding = ".answer";
    public const string CostEnding = ".cost";

    private static readonly string[] s_endings = [RightEnding, AnswerEnding, CostEnding];

    /// <summary>Whether tiers have answers, which are right where they are the true one; else the table says who is right.</summary>
    public bool HasAnswers => Tiers[0].IsAnswer;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InputException">Some are missing, unknown or there twice.</exception>
    public static TableColumns Of(IReadOnlyList<string> names, TableErrors errors)
    {
        if (names.Count > Most)
        {
            errors.AddFile($"has {names.Count} columns, and {Most} are the most", "leave out those that are not a tier's");
            errors.ThrowIfAny();
        }

        foreach (var twice in names.CountBy(name => name).Where(count => count.Value > 1))
            errors.AddColumn(twice.Key, $"stands {twice.Value} times in the header", "give every column a name of its own");
        foreach (var unknown in names.Where(name => !IsKnown(name)).Distinct())
        {
            errors.AddColumn(
                unknown, "is not known",
                $"name columns {IdName}, {ScoreName}, {GoldName}, {PartName}, TIER{RightEnding}, TIER{AnswerEnding} or TIER{CostEnding}, "
                + "and leave others out");
        }

        var columns = new TableColumns(
            Required(names, IdName, errors), Required(names, ScoreName, errors), IndexOf(names, GoldName), IndexOf(names, PartName),
            Find(names, errors));
        columns.Check(errors);
        errors.ThrowIfAny();
        return columns;
    }

    private static bool IsKnown(string name) => name is IdName or ScoreName or GoldName or PartName || TierOf(name) is not null;

    private static string? TierOf(string name) =>
        s_endings.FirstOrDefault(ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) is { } found
            ? name[..^found.Length]
            : null;

    private static int IndexOf(IReadOnlyList<string> names, string name) =>
        names.Index().Where(column => column.Item == name).Select(column => column.Index).FirstOrDefault(-1);

    private static int Required(IReadOnlyList<string> names, string name, TableErrors errors)
    {
        var place = IndexOf(names, name);
        if (place < 0)
            errors.AddColumn(name, "is missing", "add it");
        return place;
    }

    private static TierColumns[] Find(IReadOnlyList<string> names, TableErrors errors)
    {
        var tiers = new List<TierColumns>();
        foreach (var tier in names.Select(TierOf).OfType<string>().Distinct())
        {
            var (right, answer) = (IndexOf(names, tier + RightEnding), IndexOf(names, tier + AnswerEnding));
            var cost = Required(names, tier + CostEnding, errors);
            if (right < 0 && answer < 0)
                errors.AddColumn(tier + RightEnding, "is missing", $"add it, or {tier}{AnswerEnding}");
            if (right >= 0 && answer >= 0)
                errors.AddColumn(tier + RightEnding, $"stands beside {tier}{AnswerEnding}", "leave out the one that is not to count");
            tiers.Add(new TierColumns(tier, Math.Max(right, answer), right < 0, cost));
        }

        return [.. tiers];
    }

    private void Check(TableErrors errors)
    {
        if (Tiers.Count < 2)
        {
            errors.AddFile(
                $"has columns of {(Tiers.Count == 0 ? "no tier" : "1 tier")}",
                $"add TIER{RightEnding} (or TIER{AnswerEnding}) and TIER{CostEnding} of at least two");
            return;
        }

        if (Tiers.Where(tier => tier.Outcome >= 0).Select(tier => tier.IsAnswer).Distinct().Count() > 1)
        {
            errors.AddFile(
                "says of some tiers who is right and has answers of others", $"give all of them {RightEnding}, or all {AnswerEnding}");
        }

        if (Gold >= 0 && !Tiers.Any(tier => tier.IsAnswer))
            errors.AddColumn(GoldName, "has nothing to be compared with", $"give the tiers' {AnswerEnding}, or leave it out");
    }
}
