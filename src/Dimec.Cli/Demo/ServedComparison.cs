using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Cli.Demo;

/// <summary>Holds what three processes answered against what the exported models say offline, sample by sample.</summary>
/// <param name="Samples">How many were compared.</param>
/// <param name="Differences">Samples whose tier, exit, label or cost differ.</param>
internal sealed record ServedComparison(int Samples, IReadOnlyList<ServedComparison.Difference> Differences)
{
    /// <summary>By so much a logit may differ for the order in which a batch was summed.</summary>
    public const float NearTie = 1e-4f;

    /// <summary>How many times a sample's logits are moved by so little, to see what the plan makes of it.</summary>
    private const int Moves = 64;

    /// <summary>Whether all differences are near-ties.</summary>
    public bool IsEqual => Differences.All(difference => difference.IsNearTie);

    /// <summary>Compares.</summary>
    /// <param name="plan">The plan that was served.</param>
    /// <param name="offline">What every exit that it looks at says to the samples.</param>
    /// <param name="served">What was answered, in the samples' order.</param>
    public static ServedComparison Of(Plan plan, RecordedExits offline, IReadOnlyList<ServedAnswer> served)
    {
        var policy = plan.CreatePolicy();
        var run = PolicyRunner.Run(policy, offline, plan.Costs);
        var differences = new List<Difference>();
        for (var i = 0; i < served.Count; i++)
        {
            var tier = plan.Costs.Tiers[run.Tiers[i]].Name;
            var (answer, exit, label) = (served[i], run.Exits[i], run.Labels[i]);
            if ((tier, exit, label) == (answer.Tier, answer.Exit, answer.Label) && Costs(run, i, answer))
                continue;
            var moved = PolicyRunner.Run(policy, Moved(offline, i), plan.Costs);
            var isNearTie = Enumerable.Range(0, Moves).Any(move =>
                (moved.Labels[move], moved.Exits[move]) == (answer.Label, answer.Exit) && Costs(moved, move, answer));
            differences.Add(new Difference(answer, tier, exit, label, isNearTie));
        }

        return new ServedComparison(served.Count, differences);
    }

    /// <summary>Who went another way to the same answer has paid another price.</summary>
    private static bool Costs(PolicyRun run, int sample, ServedAnswer answer) => Math.Abs(run.Costs[sample] - answer.Cost) < 1e-6;

    /// <summary>One sample many times, each time with every logit moved by a little, up or down.</summary>
    private static RecordedExits Moved(RecordedExits offline, int sample)
    {
        var random = new Random(sample);
        var builder = new RecordedExitsBuilder(offline.Part, [.. offline.Exits], offline.Classes, offline.EmbeddingSize);
        var zero = new List<float>();
        for (var move = 0; move < Moves; move++)
        {
            float[] logits = [.. Enumerable.Range(0, offline.Exits.Count).SelectMany(exit => Of(offline.Logits(sample, exit)))];
            builder.Add($"{move}", offline.Gold[sample], logits, offline.Embedding(sample));
            if (offline.HasExitZero)
                zero.AddRange(Of(offline.ZeroLogits(sample)));
        }

        var moved = builder.Build();
        return offline.HasExitZero ? moved.WithExitZero(zero.ToArray()) : moved;

        float[] Of(ReadOnlySpan<float> logits) => Array.ConvertAll(
            logits.ToArray(), logit => logit + (random.Next(2) == 0 ? NearTie : -NearTie));
    }

    /// <summary>A sample on which the two disagree.</summary>
    /// <param name="Served">What was answered.</param>
    /// <param name="Tier">The tier that answers offline.</param>
    /// <param name="Exit">Its exit.</param>
    /// <param name="Label">Its answer.</param>
    /// <param name="IsNearTie">Whether the plan says what was served where logits are moved by as little as the order of a sum moves
    /// them.</param>
    internal sealed record Difference(ServedAnswer Served, string Tier, int Exit, int Label, bool IsNearTie);
}
