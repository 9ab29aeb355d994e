using Dimec.Cli.Progress;
using Dimec.Costs.Measured;
using Dimec.Inference;
using Dimec.Inference.Measuring;
using Dimec.Text;

namespace Dimec.Cli.Demo;

/// <summary>Runs the three tiers really apart: an edge process, a cloud process, and the mobile in this one.</summary>
internal static class DemoServing
{
    private const int Chunk = 100;

    /// <summary>How long the tiers are measured: long enough for six rounds, and little of the demo's time.</summary>
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(4);

    /// <summary>Serves a part's samples by the bundle's plan, for which it says the seconds, and measures what its tiers take.</summary>
    /// <exception cref="JobException">A tier failed and another one had to answer.</exception>
    public static async Task<(IReadOnlyList<ServedAnswer> Answers, double Seconds, Measurement Measurement)> ServeAsync(
        Bundle bundle, Dataset part, ToolConsole console, TimeProvider time, CancellationToken stop)
    {
        var (processes, began) = (new List<TierProcess>(), time.GetTimestamp());
        try
        {
            // The deepest first: each is told where those beyond it answer.
            foreach (var tier in bundle.Manifest.Tiers.Skip(1).Reverse())
            {
                var process = await TierProcess.StartAsync(bundle.Folder, tier.Name, processes, stop);
                processes.Add(process);
                console.WriteProgress($"{tier.Name}: process {process.Id} answers at {process.Grpc.OriginalString}");
            }

            console.WriteProgress($"{bundle.Manifest.Tiers[0].Name}: process {Environment.ProcessId}, this one");
            var urls = processes.ToDictionary(process => process.Tier, process => process.Grpc);
            // The processes share this machine's cores with the mobile; two seconds are for tiers of their own.
            var options = new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(30) };
            await using var client = await DimecClient.ConnectAsync(bundle, urls, options, time, stop);
            var answers = await AskAsync(client, part, new ProgressLine(console.Error, time), stop);
            var seconds = time.GetElapsedTime(began).TotalSeconds;
            return (answers, seconds, await MeasureAsync(bundle, part, urls, time, stop));
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    private static Task<Measurement> MeasureAsync(
        Bundle bundle, Dataset part, IReadOnlyDictionary<string, Uri> urls, TimeProvider time, CancellationToken stop)
    {
        var texts = part.Samples.Select(sample => new TextInput(sample.Text, sample.Pair));
        var options = new MeasureOptions { Rows = [1], Texts = [.. texts], Budget = s_measured };
        return BundleMeasurer.MeasureAsync(bundle, urls, options, time, EnergyMeters.Find(), cancellationToken: stop);
    }

    private static async Task<IReadOnlyList<ServedAnswer>> AskAsync(
        DimecClient client, Dataset part, ProgressLine progress, CancellationToken stop)
    {
        var answers = new List<ServedAnswer>(part.Samples.Count);
        foreach (var samples in part.Samples.Chunk(Chunk))
        {
            var classified = await client.ClassifyAsync(
                [.. samples.Select(sample => new TextInput(sample.Text, sample.Pair, sample.Guid))], stop);
            for (var i = 0; i < samples.Length; i++)
            {
                var answer = classified[i];
                if (answer.Fallback)
                {
                    throw new JobException(
                        $"Sample {samples[i].Guid} was answered by {answer.Tier} instead of the tier that the plan names: "
                        + $"{string.Join(" ", answer.Failures.Select(failure => failure.Sentence))}");
                }

                answers.Add(new ServedAnswer(samples[i].Guid, answer.LabelIndex, answer.Tier, answer.Exit, answer.Confidence, answer.Cost));
            }

            progress.Report($"served {answers.Count} of {part.Samples.Count}", isLast: answers.Count == part.Samples.Count);
        }

        return answers;
    }
}
