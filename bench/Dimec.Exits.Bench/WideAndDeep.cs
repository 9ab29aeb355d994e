using Dimec.Predictions;

namespace Dimec.Exits.Bench;

/// <summary>
/// Exit 0's logits as an input of the trained exits' heads ("wide and deep") against stacking: of a run with pooled states, linear heads
/// are trained anew on the training samples, over the pooled state alone and over the state and what exit 0 says of the sample where it
/// has not seen it. The encoder stays as it is.
/// </summary>
internal static class WideAndDeep
{
    private const int Epochs = 10;

    public static void Run(BenchRun run)
    {
        var train = run.Train();
        foreach (var layer in run.Selection.StateLayers)
        {
            var (deep, wide) = (Head(run, train, layer, isWide: false), Head(run, train, layer, isWide: true));
            Print("head over the state, against the exit", Gain((part, _) => Exit(part, layer), (part, heads) => heads.Deep));
            Print("head over the state and exit 0, against that over the state", Gain((_, heads) => heads.Deep, (_, heads) => heads.Wide));
            var (selection, dev) = new StackedCandidate(run, wide.Selection, wide.Dev, [layer])
                .Gain([0, layer], [StackedCandidate.Candidate]);
            Console.WriteLine(
                $"{run.Name} exit {layer}: head over the state and exit 0, against the stacked exit: selection {selection}, dev {dev}");
            (selection, dev) = new StackedCandidate(run, deep.Selection, deep.Dev, [layer])
                .Gain([0, layer], [0, StackedCandidate.Candidate]);
            Console.WriteLine(
                $"{run.Name} exit {layer}: head over the state, stacked, against the stacked exit: selection {selection}, dev {dev}");

            void Print(string name, (PairedGain Selection, PairedGain Dev) gain) =>
                Console.WriteLine($"{run.Name} exit {layer}: {name}: selection {gain.Selection}, dev {gain.Dev}");

            (PairedGain Selection, PairedGain Dev) Gain(
                Func<RecordedExits, (float[][] Deep, float[][] Wide), float[][]> before,
                Func<RecordedExits, (float[][] Deep, float[][] Wide), float[][]> after)
            {
                return (
                    Of(run.Selection, (deep.Selection, wide.Selection)), Of(run.Dev, (deep.Dev, wide.Dev)));

                PairedGain Of(RecordedExits part, (float[][] Deep, float[][] Wide) heads) =>
                    PairedGain.Of(Right(part, before(part, heads)), Right(part, after(part, heads)));
            }
        }
    }

    private static (float[][] Selection, float[][] Dev) Head(BenchRun run, RecordedExits train, int layer, bool isWide)
    {
        var network = DenseNetwork.Train(Inputs(train), [.. train.Gold], hidden: 0, run.Classes, Epochs, stops: false);
        return (Of(run.Selection), Of(run.Dev));

        float[][] Of(RecordedExits part) => [.. Inputs(part).Select(input => network.Logits(input))];

        float[][] Inputs(RecordedExits part) =>
        [
            .. Enumerable.Range(0, part.Count).Select(i =>
                (float[])[.. part.State(i, part.IndexOfExit(layer)), .. isWide ? part.ZeroLogits(i) : default]),
        ];
    }

    private static float[][] Exit(RecordedExits part, int layer) =>
        [.. Enumerable.Range(0, part.Count).Select(i => part.LogitsAt(i, layer).ToArray())];

    private static bool[] Right(RecordedExits part, float[][] logits) =>
        [.. logits.Select((of, i) => Softmax.ArgMax(of) == part.Gold[i])];
}
