using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Runs;
using Dimec.Training;

namespace Dimec.Cli;

/// <summary>What was assumed about a pretrained encoder, and what of it is not used: a training that ends well does not show it.</summary>
internal static class BackboneNotes
{
    private const int MostLabels = 6;

    /// <summary>The notes, a sentence each.</summary>
    /// <param name="backbone">The encoder.</param>
    /// <param name="arguments">How it is trained.</param>
    /// <param name="labels">The data's labels in the order of the model's answers.</param>
    public static IEnumerable<string> Of(Checkpoint backbone, TrainingArguments arguments, IReadOnlyList<string> labels)
    {
        if (arguments.Pooling is null && backbone.PoolingNote is { } pooling)
            yield return pooling;
        foreach (var note in backbone.Notes)
            yield return note;
        var tokenizer = CheckpointTokenizers.Read(backbone, arguments.Backbone);
        foreach (var note in tokenizer.Notes)
            yield return note;
        var length = arguments.MaxLength ?? TrainingArguments.DefaultMaxLength(backbone.Config);
        if (tokenizer.LongestInput < length)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{arguments.Backbone} names a model_max_length of {tokenizer.LongestInput} tokens, "
                + $"and texts are cut at {length} here: name --max-length {tokenizer.LongestInput} to cut them as transformers would.");
        }

        if (backbone.Labels.Count > 0 && !AreStandIns(backbone.Labels))
            yield return Classifier(arguments.Backbone, backbone.Labels, labels);
    }

    /// <summary>Transformers writes LABEL_0, LABEL_1, … where nobody named the classes.</summary>
    private static bool AreStandIns(IReadOnlyList<string> labels) =>
        labels.Select((label, index) => label == $"LABEL_{index}").All(same => same);

    private static string Classifier(string backbone, IReadOnlyList<string> own, IReadOnlyList<string> labels)
    {
        var sentence = $"{backbone} has a classifier of its own ({Numbered(own)}), which is not used: "
            + $"every exit is trained anew on the data's labels ({Numbered(labels)})";
        if (own.SequenceEqual(labels, StringComparer.Ordinal))
            return $"{sentence}.";
        if (own.SequenceEqual(labels, StringComparer.OrdinalIgnoreCase))
            return $"{sentence}, which differ from its own in upper and lower case.";
        return own.Order(StringComparer.OrdinalIgnoreCase)
            .SequenceEqual(labels.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase)
            ? $"{sentence}, which come in another order: what reads its answers by their numbers has to follow the data's."
            : $"{sentence}, which are others.";
    }

    private static string Numbered(IReadOnlyList<string> labels) =>
        string.Join(", ", labels.Take(MostLabels).Select((label, index) => $"{index} = {label}"))
        + (labels.Count > MostLabels ? ", …" : "");
}
