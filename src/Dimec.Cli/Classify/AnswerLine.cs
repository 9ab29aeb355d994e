using System.Globalization;
using System.Text.Json.Serialization;
using Dimec.Cli.Output;
using Dimec.Display;
using Dimec.Inference;

namespace Dimec.Cli.Classify;

/// <summary>An answer as a line.</summary>
internal static class AnswerLine
{
    /// <summary>The line; null where a number of it is none, which cannot be written.</summary>
    /// <param name="index">The text's place, from 0.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="isJson">Whether it is a JSON object; else fields with tabs between them, of which the label's is empty where the answer
    /// abstains.</param>
    public static string? Of(long index, Classification answer, bool isJson)
    {
        if (!double.IsFinite(answer.Confidence) || !double.IsFinite(answer.Cost))
            return null;
        if (isJson)
            return JsonLine.Of(new Line(index, answer));
        var label = answer.Abstained ? "" : Printable.Field(answer.Label);
        return string.Create(
            CultureInfo.InvariantCulture, $"{label}\t{answer.Confidence:0.0000}\t{Printable.Field(answer.Tier)}\t{answer.Cost:0.###}");
    }

    private sealed class Line(long index, Classification answer)
    {
        public long Index => index;

        public string Label => answer.Label;

        public float Confidence => answer.Confidence;

        public string Tier => answer.Tier;

        public int Exit => answer.Exit;

        public double Cost => answer.Cost;

        public bool Truncated => answer.Truncated;

        public bool Fallback => answer.Fallback;

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Abstained => answer.Abstained;

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Cached => answer.Cached;
    }
}
