using System.Globalization;
using Dimec.Routing;

namespace Dimec.Tests.Routing;

/// <summary>Tables of routers.</summary>
internal static class MadeRouter
{
    /// <summary>
    /// Ten samples, by ascending score; small is right in 4 and costs 1, large in 8 and costs 10. Only large is right in c, e, g, h and j,
    /// only small in f.
    /// </summary>
    public const string Ten = """
        id,score,small.right,small.cost,large.right,large.cost
        a,0.1,1,1,1,10
        b,0.2,1,1,1,10
        c,0.3,0,1,1,10
        d,0.4,1,1,1,10
        e,0.5,0,1,1,10
        f,0.6,1,1,0,10
        g,0.7,0,1,1,10
        h,0.8,0,1,1,10
        i,0.9,0,1,0,10
        j,1.0,0,1,1,10
        """;

    public static RouterTable Read(string text, string name = "table.csv")
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(name);
        File.WriteAllText(path, text);
        return RouterTable.Read(path);
    }

    /// <summary>
    /// Samples as they are served: the harder one is, the likelier only the last tier is right; the score is that hardness. Tiers cost 1,
    /// 4 and so on.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="tiers">How many tiers.</param>
    /// <param name="seed">Seeds them.</param>
    /// <param name="labelled">Whether it is known who is right.</param>
    public static RouterTable Of(int count, int tiers, int seed, bool labelled = true)
    {
        var chance = new Random(seed);
        var answers = Enumerable.Range(0, tiers).Select(_ => new int[count]).ToArray();
        var (scores, gold) = (new double[count], new int[count]);
        for (var row = 0; row < count; row++)
        {
            scores[row] = Math.Round(chance.NextDouble(), 3);
            var luck = chance.NextDouble();
            for (var tier = 0; tier < tiers; tier++)
            {
                // One luck for all, so that a stronger tier is right wherever a weaker one is.
                var isRight = luck < 0.95 - (tier == tiers - 1 ? 0 : Math.Pow(scores[row], 4 * (tier + 1)));
                answers[tier][row] = isRight ? 0 : 1 + tier;
            }

            gold[row] = labelled ? 0 : -1;
        }

        return new RouterTable(
            "made.csv", [.. Enumerable.Range(0, tiers).Select(tier => $"t{tier}")],
            [.. Enumerable.Range(0, count).Select(row => string.Create(CultureInfo.InvariantCulture, $"{seed}-{row}"))], scores, gold,
            answers, [.. Enumerable.Range(0, tiers).Select(tier => Enumerable.Repeat(Math.Pow(4, tier), count).ToArray())], parts: null);
    }
}
