using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;

namespace Dimec.Fuzzing.Files;

/// <summary>A reader of a path to a file of JSON lines.</summary>
internal sealed class LinesTarget : FuzzTarget
{
    private readonly OneFile _file = new();
    private readonly ReaderTarget _reader;

    /// <param name="name">What the target is called.</param>
    /// <param name="what">What is read.</param>
    /// <param name="valid">A file as it should be.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="read">Reads the file of a path.</param>
    public LinesTarget(string name, string what, string valid, string file, Action<string> read)
    {
        JsonTree[] trees = [.. Documents.Lines(valid).Select(JsonTree.Parse)];
        _reader = new ReaderTarget(
            name, what, random => JsonMutator.Mutate(random, trees), bytes => read(_file.With(bytes, file)), FirstStage.IsJsonLines);
    }

    public override string Name => _reader.Name;

    public override string What => _reader.What;

    public override byte[] Make(Random random) => _reader.Make(random);

    public override Verdict Run(byte[] input) => _reader.Run(input);

    protected override void Close() => _file.Dispose();
}
