using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Dimec.Exits.Bench;

/// <summary>fastText's own program (Debian: <c>fasttext</c>), in a folder of its own.</summary>
internal sealed class FastText : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fasttext-").FullName;

    public string Write(string name, BenchPart part, Func<BenchPart, int, string> text)
    {
        var path = Path.Combine(_folder, name);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        for (var i = 0; i < part.Samples.Length; i++)
            file.Write($"__label__{part.Samples[i].Label} {text(part, i)}\n");
        return path;
    }

    /// <summary>Trains a model.</summary>
    /// <returns>The seconds that it took, start and writing the model included.</returns>
    public double Train(string train, string options)
    {
        var clock = Stopwatch.StartNew();
        Run($"supervised -input {train} -output {Path.Combine(_folder, "model")} -verbose 0 {options}");
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Each line's answer.</summary>
    public int[] Predict(string path) =>
    [
        .. Run($"predict {Path.Combine(_folder, "model.bin")} {path}").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Length > 9 ? int.Parse(line.AsSpan(9), CultureInfo.InvariantCulture) : -1),
    ];

    /// <summary>The seconds that a line takes, by a file of many and one of a single line: reading the model is not in it.</summary>
    public double SecondsALine(string path)
    {
        const int Lines = 100_000;
        var (one, many) = (Path.Combine(_folder, "one.txt"), Path.Combine(_folder, "many.txt"));
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(one, lines.Take(1));
        File.WriteAllLines(many, Enumerable.Range(0, Lines).Select(i => lines[i % lines.Length]));
        var clock = Stopwatch.StartNew();
        Predict(one);
        var start = clock.Elapsed.TotalSeconds;
        clock.Restart();
        Predict(many);
        return (clock.Elapsed.TotalSeconds - start) / Lines;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The tokens that we get, joined by spaces.</summary>
    public static string Tokens(BenchPart part, int i) =>
        string.Join(' ', part.Samples[i].Text.Concat(part.Samples[i].Pair ?? []));

    /// <summary>The raw text, as fastText's tutorial prepares it: punctuation apart, lower case.</summary>
    public static string Raw(BenchPart part, int i)
    {
        var sample = part.Texts[i];
        var text = new StringBuilder();
        foreach (var letter in $"{sample.Text} {sample.Pair}".ToLowerInvariant())
        {
            if (".!?,'/()\"".Contains(letter, StringComparison.Ordinal))
                text.Append(' ').Append(letter).Append(' ');
            else
                text.Append(char.IsWhiteSpace(letter) ? ' ' : letter);
        }

        return text.ToString();
    }

    private static string Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("fasttext", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"fasttext {arguments}: {error.Result}");
    }
}
