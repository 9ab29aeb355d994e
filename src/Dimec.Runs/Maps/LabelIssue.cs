using System.Globalization;
using System.Text.Json.Serialization;
using Dimec.Cartography;
using Dimec.Text;

namespace Dimec.Runs.Maps;

/// <summary>A sample whose label is likely wrong, as it is shown.</summary>
/// <param name="Guid">The sample.</param>
/// <param name="Index">Its row in the first epoch, from 0.</param>
/// <param name="Label">The label that it has; the class's number from 0 where labels are not known.</param>
/// <param name="Preferred">The label that the epochs give it mostly.</param>
/// <param name="PreferredProbability">That label's mean probability over the epochs.</param>
/// <param name="Confidence">μ: the mean probability of the label that it has.</param>
/// <param name="Variability">σ: how that varied.</param>
/// <param name="Correctness">In how many epochs the model answered with the label that it has.</param>
/// <param name="Text">Its text; null where the data is not known.</param>
/// <param name="Pair">Its second text; null where there is none.</param>
public sealed record LabelIssue(
    string Guid,
    int Index,
    string Label,
    string Preferred,
    double PreferredProbability,
    double Confidence,
    double Variability,
    int Correctness,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pair)
{
    /// <summary>Puts labels and texts to label issues.</summary>
    /// <param name="found">The samples whose labels are in doubt.</param>
    /// <param name="labels">The labels; empty where they are not known.</param>
    /// <param name="data">The data; null where it is not known.</param>
    /// <exception cref="InputException">The data holds none of the samples.</exception>
    internal static IReadOnlyList<LabelIssue> Of(IReadOnlyList<SampleDynamics> found, IReadOnlyList<string> labels, TaskData? data)
    {
        var wanted = found.Select(issue => NameInData(issue.Metrics.Guid.Text)).ToHashSet();
        Dataset[] parts = data is null ? [] : [data.Train, data.Selection, data.Calibration, data.Dev];
        var samples = parts
            .SelectMany(part => part.Samples)
            .Where(sample => wanted.Contains(sample.Guid))
            .ToDictionary(sample => sample.Guid);
        if (data is not null && found.Count > 0 && samples.Count == 0)
        {
            throw new InputException(
                $"{MapOptionNames.Data} {data.Name}",
                $"holds no sample '{found[0].Metrics.Guid}', nor any other of the label issues", "name the data that the training read");
        }

        return [.. found.Select(issue => Of(issue, samples.GetValueOrDefault(NameInData(issue.Metrics.Guid.Text))))];

        LabelIssue Of(SampleDynamics issue, Sample? sample) => new(
            issue.Metrics.Guid.Text, issue.Metrics.Index, Name(issue.Gold), Name(issue.Preferred), issue.PreferredProbability,
            issue.Metrics.Confidence, issue.Metrics.Variability, issue.Metrics.Correctness, sample?.Text, sample?.Pair);
        string Name(int label) => label < labels.Count ? labels[label] : label.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>As <c>filter</c> has it: a number alone is a row of the training file.</summary>
    private static string NameInData(string guid) => guid.All(char.IsAsciiDigit) ? $"train-{guid}" : guid;
}
