using System.Globalization;

namespace Dimec.Cartography.Bench;

/// <summary>
/// Writes training dynamics of any size: two classes, numbers as Python writes fp32 logits (their double's 16 or 17 digits).
/// </summary>
internal static class MadeDynamics
{
    public static void Write(string folder, int rows, int epochs, bool shuffled)
    {
        var target = Path.Combine(folder, TrainingDynamicsFolder.Name);
        Directory.CreateDirectory(target);
        Parallel.For(0, epochs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, epoch =>
        {
            var order = Enumerable.Range(0, rows).ToArray();
            if (shuffled)
                new Random(epoch).Shuffle(order);
            using var file = new StreamWriter(
                Path.Combine(target, TrainingDynamicsFolder.FileName(epoch)), append: false, new System.Text.UTF8Encoding(false), 1 << 16);
            foreach (var row in order)
            {
                file.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"guid\": {row}, \"logits_epoch_{epoch}\": "
                    + $"[{Logit(row, epoch, 0):R}, {Logit(row, epoch, 1):R}], \"gold\": {row & 1}}}\n"));
            }
        });
    }

    /// <summary>A number of −3 … 3 that only the row, the epoch and the class decide.</summary>
    private static double Logit(int row, int epoch, int label)
    {
        var hash = ((((ulong)row * 31) + (ulong)epoch) * 2) + (ulong)label + 1;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return (float)(((hash >> 40) / (double)(1 << 24) * 4) - 2 + (label == (row & 1) ? epoch * 0.2 : 0));
    }
}
