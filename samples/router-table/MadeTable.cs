using System.Globalization;

namespace Dimec.Samples.RouterTable;

/// <summary>
/// A router's table as a logger would write it: 9,000 questions, each answered by a small and a large model, with the router's guess of how
/// hard it is. All of it is made up.
/// </summary>
internal static class MadeTable
{
    private const int Questions = 9000;

    private static readonly string[] s_parts = ["selection", "calibration", "dev"];

    public static void Write(string path)
    {
        var chance = new Random(14);
        using var file = File.CreateText(path);
        file.NewLine = "\n";
        file.WriteLine("id,part,score,small.right,small.cost,large.right,large.cost");
        for (var i = 0; i < Questions; i++)
        {
            var hard = chance.NextDouble();
            var score = Math.Clamp(hard + (0.24 * (chance.NextDouble() - 0.5)), 0, 1);
            var large = chance.NextDouble() < 0.97 - (0.15 * hard);
            // Where the large one is right, the small one fails rather late and then often; where it is wrong, the small one seldom helps.
            var small = large ? chance.NextDouble() > 0.9 / (1 + Math.Exp(14 * (0.75 - hard))) : chance.NextDouble() < 0.1;
            var tokens = chance.Next(100, 500);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"q{i},{s_parts[i % 3]},{score:F4},{(small ? 1 : 0)},{tokens * 2e-7:G4},{(large ? 1 : 0)},{tokens * 4e-6:G4}"));
        }
    }
}
