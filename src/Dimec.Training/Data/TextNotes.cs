using System.Globalization;
using Dimec.Text;

namespace Dimec.Training.Data;

/// <summary>What a user should know of the texts once they are tokens: each a sentence, and only what applies.</summary>
internal static class TextNotes
{
    /// <summary>Looks through all parts.</summary>
    /// <param name="parts">The parts, train first.</param>
    /// <param name="maxLength">At how many tokens texts are cut.</param>
    /// <param name="positions">The most tokens that the encoder takes.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<EncodedPart> parts, int maxLength, int positions)
    {
        var notes = new List<string>();
        var what = parts[0].Dataset.HasPair ? "pairs of texts" : "texts";
        if (Count(parts, part => part.Truncated) is { } cut)
        {
            var remedy = maxLength < positions
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"raise {TrainingOptionNames.MaxLength} (to {positions} at most, the encoder's positions), or put first what decides")
                : "this is the most that the encoder takes, so put first what decides, or split the texts";
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{cut} {what} are cut at {maxLength} tokens ({cut.ByPart}), and what stands behind is not read: {remedy}."));
        }

        if (Count(parts, part => part.Texts.Count(text => text.IsUnknown)) is { } unknown)
        {
            notes.Add($"{unknown} {what} hold no word that the tokenizer's vocabulary has ({unknown.ByPart}), "
                + $"so all their tokens are the unknown one: use a {TrainingOptionNames.Backbone} for their language or signs.");
        }

        return notes;
    }

    private static PartCount? Count(IReadOnlyList<EncodedPart> parts, Func<EncodedPart, int> count) =>
        PartCount.Find(parts.Select(part => (part.Dataset.Part, count(part), part.Count)));
}
