using System.Globalization;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies;

namespace Dimec.Studies.Ablations;

/// <summary>
/// The JSON of <see cref="AblationRun"/>. What there is one of a sample is a text of numbers with commas between:
/// as arrays they would be a line each.
/// </summary>
internal static class AblationRunJson
{
    public static AblationRun Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(AblationRun.Format);
        var part = json.String("part");
        var samples = json.String("samples");
        var costs = json.Object("costs") is { IsObject: true } inner
            ? CostStructure.Read(inner, PolicyList.Default.ReservedNames)
            : null;
        var maxDrop = json.Number("maxDrop") ?? 0;
        var gold = Whole(json, "gold", int.MaxValue, count: null);
        var cloudRight = Right(json, "cloudRight", gold.Length);
        var choices = json
            .Objects("choices")
            .Select(choice => ReadChoice(choice, gold.Length))
            .ToArray();
        json.NoOtherKeys();
        if (!choices.Any(choice => choice is { IsDefault: true, Answers: not null }) && errors.Count == 0)
            json.Problem("choices", "hold no measured default", "write the file again");
        errors.ThrowIfAny();
        return new AblationRun(part, samples, costs!, maxDrop, gold, cloudRight, choices);
    }

    public static void Write(AblationRun run, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", AblationRun.Format);
        json.WriteString("part", run.Part);
        json.WriteString("samples", run.Samples);
        json.WritePropertyName("costs");
        run.Costs.Write(json);
        json.WriteNumber("maxDrop", run.MaxDrop);
        json.WriteString("gold", Text(run.Gold));
        json.WriteString("cloudRight", Text(run.CloudRight));
        json.WriteStartArray("choices");
        foreach (var choice in run.Choices)
            WriteChoice(json, choice);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static MeasuredChoice ReadChoice(JsonObjectReader json, int samples)
    {
        var (name, word, isDefault, reason) = (
            json.String("switch"), json.String("choice"), json.Boolean("default"), json.OptionalString("reason"));
        var answers = json.Has("answers") && json.Object("answers") is { IsObject: true } inner ? ReadAnswers(inner, samples) : null;
        json.NoOtherKeys();
        return new MeasuredChoice(name, word, isDefault, answers, reason);
    }

    private static SampleAnswers ReadAnswers(JsonObjectReader json, int samples)
    {
        var answers = new SampleAnswers(
            Costs(json, samples), Right(json, "right", samples), json.Number("area") ?? 0, json.Boolean("defaultPlan"));
        json.NoOtherKeys();
        return answers;
    }

    private static void WriteChoice(Utf8JsonWriter json, MeasuredChoice choice)
    {
        json.WriteStartObject();
        json.WriteString("switch", choice.Switch);
        json.WriteString("choice", choice.Choice);
        json.WriteBoolean("default", choice.IsDefault);
        if (choice.Answers is { } answers)
        {
            json.WriteStartObject("answers");
            json.WriteString(
                "costs", string.Join(',', answers.Costs.Select(cost => cost.ToString("R", CultureInfo.InvariantCulture))));
            json.WriteString("right", Text(answers.Right));
            json.WriteNumber("area", answers.Area);
            json.WriteBoolean("defaultPlan", answers.IsDefaultPlan);
            json.WriteEndObject();
        }

        if (choice.Reason is { } reason)
            json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static string Text(IEnumerable<bool> values) => Text(values.Select(value => value ? 1 : 0));

    private static string Text(IEnumerable<int> values) =>
        string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Costs, one a sample; none where that is not what there is, which is then a gathered problem.</summary>
    private static double[] Costs(JsonObjectReader json, int count)
    {
        var text = json.String("costs");
        if (text.Length == 0)
            return [];
        double[] values = [.. text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
                ? value
                : -1)];
        if (!values.Contains(-1) && values.Length == count)
            return values;
        json.Problem("costs", $"is not {count} costs with commas between", "write the file again");
        return [];
    }

    private static bool[] Right(JsonObjectReader json, string key, int count) =>
        [.. Whole(json, key, 2, count).Select(value => value == 1)];

    /// <summary>
    /// Whole numbers from 0 to below a limit, one a sample; none where that is not what there is, which is then a gathered problem.
    /// </summary>
    private static int[] Whole(JsonObjectReader json, string key, int limit, int? count)
    {
        var text = json.String(key);
        if (text.Length == 0)
            return [];
        int[] values = [.. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < limit ? value : -1)];
        if (!values.Contains(-1) && (count is null || values.Length == count))
            return values;
        json.Problem(
            key,
            $"is not {(count is null ? "whole numbers" : $"{count} whole numbers")}"
            + $"{(limit == int.MaxValue ? "" : $" below {limit}")} with commas between",
            "write the file again");
        return [];
    }
}
