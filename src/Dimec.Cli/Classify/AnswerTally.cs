using System.Globalization;
using Dimec.Inference;
using Dimec.Reporting;

namespace Dimec.Cli.Classify;

/// <summary>Counts answers by what a user should know of them.</summary>
internal sealed class AnswerTally
{
    private long _wrong;
    private long _failed;
    private long _fallbacks;
    private long _cut;
    private long _abstained;

    /// <param name="texts">How many texts have their line from a call before.</param>
    /// <param name="counts">What a call before had counted, as <see cref="Counts"/> gave it.</param>
    public AnswerTally(long texts, IReadOnlyDictionary<string, long> counts)
    {
        Texts = texts;
        (_wrong, _failed) = (counts.GetValueOrDefault("wrong"), counts.GetValueOrDefault("failed"));
        (_fallbacks, _cut) = (counts.GetValueOrDefault("fallbacks"), counts.GetValueOrDefault("cut"));
        _abstained = counts.GetValueOrDefault("abstained");
    }

    /// <summary>The number of texts that have their line.</summary>
    public long Texts { get; private set; }

    /// <summary>What was counted, to go on with.</summary>
    public IReadOnlyDictionary<string, long> Counts => new Dictionary<string, long>
    {
        ["wrong"] = _wrong,
        ["failed"] = _failed,
        ["fallbacks"] = _fallbacks,
        ["cut"] = _cut,
        ["abstained"] = _abstained,
    };

    public int ExitCode => _wrong > 0 ? ExitCodes.BadInput : _failed > 0 ? ExitCodes.Failed : ExitCodes.Done;

    /// <summary>A text has an answer.</summary>
    public void Answered(Classification answer)
    {
        Texts++;
        _fallbacks += answer.Fallback ? 1 : 0;
        _cut += answer.Truncated ? 1 : 0;
        _abstained += answer.Abstained ? 1 : 0;
    }

    /// <summary>A line is no text.</summary>
    public void Wrong() => (Texts, _wrong) = (Texts + 1, _wrong + 1);

    /// <summary>A text has no answer.</summary>
    public void Failed() => (Texts, _failed) = (Texts + 1, _failed + 1);

    /// <summary>What is to be said at the end, a sentence each.</summary>
    public IEnumerable<string> Sentences()
    {
        if (_fallbacks > 0)
            yield return Of(_fallbacks, "answers are another tier's than the one that the plan names");
        if (_cut > 0)
            yield return Of(_cut, "texts were longer than the model reads, and were cut");
        if (_abstained > 0)
            yield return Of(_abstained, "answers abstain, as they are less sure than --abstain-below asks");

        string Of(long count, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{Formatting.Count(count)} of {Formatting.Count(Texts)} {what}.");
    }
}
