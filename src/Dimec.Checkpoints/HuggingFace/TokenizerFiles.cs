using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>The tokenizer file of a checkpoint folder.</summary>
internal static class TokenizerFiles
{
    private const string Settings = "tokenizer_config.json";
    private const string LowercaseKey = "do_lower_case";

    public static CheckpointTokenizer? Read(string folder)
    {
        foreach (var name in (ReadOnlySpan<string>)[CheckpointTokenizer.TokenizerJson, CheckpointTokenizer.Vocabulary])
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
                return new CheckpointTokenizer(name, File.ReadAllBytes(path), ReadLowercase(Path.Combine(folder, Settings)));
        }

        return null;
    }

    public static void Write(CheckpointTokenizer tokenizer, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, tokenizer.FileName), stream => stream.Write(tokenizer.Content.Span));
        if (tokenizer.FileName == CheckpointTokenizer.Vocabulary)
        {
            AtomicFile.WriteText(
                Path.Combine(folder, Settings),
                $$"""{"tokenizer_class": "BertTokenizer", "{{LowercaseKey}}": {{(tokenizer.Lowercase ? "true" : "false")}}}""");
        }
    }

    private static bool ReadLowercase(string path)
    {
        if (!File.Exists(path))
            return true;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return !(document.RootElement.TryGetProperty(LowercaseKey, out var value) && value.ValueKind == JsonValueKind.False);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InputException(path, "is no JSON object", "download the file again");
        }
    }
}
