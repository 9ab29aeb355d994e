using System.Globalization;
using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>The labels that <c>config.json</c> names.</summary>
/// <param name="Labels">In the order of their ids; empty where it names none, or names them in contradiction.</param>
/// <param name="Problem">What is wrong with them; null for nothing.</param>
internal sealed record LabelNames(IReadOnlyList<string> Labels, string? Problem)
{
    /// <summary>Reads <c>id2label</c> and holds it against <c>label2id</c>.</summary>
    public static LabelNames Read(ConfigKeys keys)
    {
        if (keys.Element("id2label") is not { } map)
            return new LabelNames([], null);
        if (map.ValueKind != JsonValueKind.Object || map.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
            return Wrong("is no object from ids to labels");
        var labels = new string?[map.EnumerateObject().Count()];
        foreach (var item in map.EnumerateObject())
        {
            if (!int.TryParse(item.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || id >= labels.Length || labels[id] is not null)
            {
                return Wrong(
                    $"has the key \"{item.Name}\" where its {labels.Length} labels have the ids 0 to {labels.Length - 1}, each once");
            }

            labels[id] = item.Value.GetString();
        }

        if (labels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return Wrong($"gives the label \"{twice.Key}\" to {twice.Count()} ids");
        return Contradiction(keys, labels!) is { } problem ? Wrong(problem) : new LabelNames(labels!, null);
    }

    private static LabelNames Wrong(string problem) => new([], problem);

    private static string? Contradiction(ConfigKeys keys, string[] labels)
    {
        if (keys.Element("label2id") is not { } map)
            return null;
        if (map.ValueKind != JsonValueKind.Object)
            return "stands beside a label2id that is no object";
        foreach (var item in map.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.Number || !item.Value.TryGetInt32(out var id) || id < 0 || id >= labels.Length)
                return $"has {labels.Length} labels where label2id gives \"{item.Name}\" the id {item.Value.ToString()}";
            if (labels[id] != item.Name)
                return $"has \"{labels[id]}\" as {id} where label2id has \"{item.Name}\"";
        }

        return null;
    }
}
