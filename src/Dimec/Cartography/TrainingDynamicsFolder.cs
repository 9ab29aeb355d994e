using System.Globalization;
using Dimec.Files;

namespace Dimec.Cartography;

/// <summary>
/// Finds the epochs of a folder in the interchange format: <c>training_dynamics/dynamics_epoch_0.jsonl</c>, <c>…_1.jsonl</c>, ….
/// </summary>
public static class TrainingDynamicsFolder
{
    /// <summary>The folder's name.</summary>
    public const string Name = "training_dynamics";

    private const string Prefix = "dynamics_epoch_";
    private const string Suffix = ".jsonl";

    /// <summary>The name of an epoch's file.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public static string FileName(int epoch) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{epoch}{Suffix}");

    /// <summary>The epochs of a folder, in order.</summary>
    /// <param name="path">The folder <c>training_dynamics</c>, or the one that holds it.</param>
    /// <exception cref="InputException">There is no such folder, it holds no epoch, or one between the first and
    /// the last is missing.</exception>
    public static IReadOnlyList<DynamicsEpoch> Open(string path)
    {
        var inner = Path.Combine(path, Name);
        var folder = Directory.Exists(inner) ? inner : path;
        if (!Directory.Exists(folder))
            throw new InputException(path, "is no folder", $"name a folder that holds {Name}/");
        var names = Directory.EnumerateFiles(folder)
            .Select(file => Path.GetFileName(file))
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var numbers = names.Select(NumberOf).Where(number => number >= 0).ToHashSet();
        if (numbers.Count == 0)
        {
            throw new InputException(
                folder, $"holds no {FileName(0)}{(names.Length > 0 ? $" but {names[0]}" : "")}",
                $"name a folder that holds {Name}/ with a file an epoch: {FileName(0)}, {FileName(1)}, …");
        }

        if (numbers.Min() is > 0 and var first)
        {
            throw new InputException(
                Path.Combine(folder, FileName(0)), $"is missing, where the first epoch is {FileName(first)}; epochs are numbered from 0",
                "rename the files, and in them the keys logits_epoch_N, "
                + $"so that they are numbered from 0, or add the epochs before {first}");
        }

        for (var epoch = 0; epoch < numbers.Max(); epoch++)
        {
            if (!numbers.Contains(epoch))
            {
                throw new InputException(
                    Path.Combine(folder, FileName(epoch)), $"is missing, where {FileName(numbers.Max())} is there",
                    "add the epoch, or remove the later ones");
            }
        }

        return [.. Enumerable.Range(0, numbers.Count).Select(epoch => At(folder, epoch))];
    }

    private static DynamicsEpoch At(string folder, int epoch) =>
        new(epoch, Path.Combine(folder, FileName(epoch)), () =>
            InputFile.OpenRead(Path.Combine(folder, FileName(epoch)), bufferSize: 1, FileOptions.SequentialScan));

    private static int NumberOf(string name)
    {
        var digits = name[Prefix.Length..].Split('.')[0];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && FileName(number) == name
            ? number
            : -1;
    }
}
