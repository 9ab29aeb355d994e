using System.Globalization;
using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>What sentence-transformers does to a text before the tokenizer sees it, which is not done here: it is said.</summary>
internal static class SentenceSettings
{
    private const string File = "sentence_bert_config.json";
    private const string Fix = "download the file again, or remove it";

    /// <summary>A note for each setting of <c>sentence_bert_config.json</c> that would change the tokens.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public static IEnumerable<string> Notes(string folder)
    {
        if (SentenceTransformersFolder.Roots(folder).FirstOrDefault(root => CheckpointPlace.Holds(root, File)) is not { } found)
            yield break;
        var path = Path.Combine(found, File);
        using var document = JsonInput.ParseObject(InputFile.ReadAllBytes(path), path, Fix, otherwise: CheckpointPlace.NoObject);
        if (document.RootElement.TryGetProperty("max_seq_length", out var length)
            && length.ValueKind == JsonValueKind.Number && length.TryGetInt32(out var tokens))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{path} cuts texts at {tokens} tokens (max_seq_length); here {CheckpointOptionNames.MaxLength} says where they are cut.");
        }

        if (document.RootElement.TryGetProperty("do_lower_case", out var lower) && lower.ValueKind == JsonValueKind.True)
        {
            yield return $"{path} lower-cases texts before they become tokens (do_lower_case); "
                + "here the tokenizer's own files say whether letters are lower-cased.";
        }
    }
}
