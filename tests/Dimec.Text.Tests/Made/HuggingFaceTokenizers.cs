using System.Diagnostics;
using System.Text.Json;

namespace Dimec.Text.Tests.Made;

/// <summary>Hugging Face's own tokenizers, from the Python wheel beside the checkout, in a virtual environment of the test run.</summary>
public sealed class HuggingFaceTokenizers : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _python;

    public HuggingFaceTokenizers() => _python = new(Install);

    /// <summary>Runs one of the scripts of this folder; skips the calling test where Python or the wheel is absent.</summary>
    public string Run(string script, IEnumerable<string> input, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "tests", "Dimec.Text.Tests", "Made", script);
        return Start(_python.Value, [path, .. arguments], input) is (0, var output)
            ? output
            : throw new InvalidOperationException($"{script} failed.");
    }

    /// <summary>Encodes texts with the <c>tokenizer.json</c> that a tokenizer writes.</summary>
    public IReadOnlyList<(int[] Ids, int[] TypeIds)> Encode(WordPieceTokenizer tokenizer, IReadOnlyList<EncodeRequest> requests)
    {
        using var stream = new MemoryStream();
        tokenizer.WriteTokenizerJson(stream);
        return Encode(stream.ToArray(), requests);
    }

    /// <summary>Encodes texts with a <c>tokenizer.json</c>.</summary>
    public IReadOnlyList<(int[] Ids, int[] TypeIds)> Encode(byte[] tokenizerJson, IReadOnlyList<EncodeRequest> requests)
    {
        var json = _folder.File($"{Guid.NewGuid():N}.json");
        File.WriteAllBytes(json, tokenizerJson);
        var lines = requests.Select(request =>
            JsonSerializer.Serialize(new { text = request.Text, pair = request.Pair, max_length = request.MaxLength }));
        return [.. Run("encode.py", lines, json).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    public void Dispose() => _folder.Dispose();

    private string Install()
    {
        var wheels = Repository.RequireShared("wheels");
        var environment = _folder.File("venv");
        var python = Path.Combine(environment, "bin", "python");
        try
        {
            if (Start("python3", ["-m", "venv", environment], []).ExitCode == 0
                && Start(
                    python, ["-m", "pip", "install", "-q", "--no-index", "--no-deps", "--find-links", wheels, "tokenizers"], []).ExitCode
                    == 0)
                return python;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No python3 on the path: the same as one that cannot install the wheel.
        }

        Assert.Skip($"Hugging Face's tokenizers cannot be installed from {wheels}: python3 with venv and a fitting wheel are needed.");
        return "";
    }

    private static (int ExitCode, string Output) Start(string program, string[] arguments, IEnumerable<string> input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PYTHONUTF8"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (process.StandardInput)
        {
            foreach (var line in input)
                process.StandardInput.WriteLine(line);
        }

        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult());
    }

    private static (int[] Ids, int[] TypeIds) Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return (Numbers("ids"), Numbers("type_ids"));

        int[] Numbers(string name) => [.. document.RootElement.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
    }
}
