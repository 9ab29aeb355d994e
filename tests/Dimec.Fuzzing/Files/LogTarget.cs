using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.Predictions;
using Dimec.Predictions.Recording;

namespace Dimec.Fuzzing.Files;

/// <summary>A file of recorded exits that is gone on with.</summary>
internal sealed class LogTarget : FuzzTarget
{
    private static readonly RecordedShape s_shape = new(
        [2, 4], 2, new ExportedExits(ModelPrecision.Fp32, new string('a', 64), ProcessorKind.X64));

    private readonly OneFile _file = new();
    private readonly JsonTree[] _valid;

    public LogTarget()
    {
        var path = Path.Combine(_file.Folder, "made.jsonl");
        using (var log = RecordedExitsLog.Open(path, s_shape, RecordedExitsLog.LeastLimit))
        {
            log.Add("a", [1, 2, 3, 4]);
            log.Add("b", [0.5f, -1e-7f, 3, 4]);
            log.Add("c", [1, 2, 3, 4]);
        }

        _valid = [.. Documents.Lines(File.ReadAllText(path)).Select(JsonTree.Parse)];
    }

    public override string Name => "recorded-log";

    public override string What => "files of recorded exits that are gone on with";

    public override double Share => 0.3;

    public override byte[] Make(Random random) => JsonMutator.Mutate(random, _valid);

    public override Verdict Run(byte[] input)
    {
        try
        {
            using var log = RecordedExitsLog.Open(_file.With(input, "log.jsonl"), s_shape, RecordedExitsLog.LeastLimit);
            if (!log.Contains("new") && log.Draws("new"))
                log.Add("new", [1, 2, 3, 4]);
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return FirstStage.IsJsonLines(input) ? Verdict.Refused : Verdict.Malformed;
        }
    }

    protected override void Close() => _file.Dispose();
}
