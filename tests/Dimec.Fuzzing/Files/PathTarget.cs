using Dimec.Fuzzing.Mutation;

namespace Dimec.Fuzzing.Files;

/// <summary>A reader of a path to one document of JSON.</summary>
internal sealed class PathTarget : FuzzTarget
{
    private readonly OneFile _file = new();
    private readonly ReaderTarget _reader;

    /// <param name="name">What the target is called.</param>
    /// <param name="what">What is read.</param>
    /// <param name="valid">A document as it should be.</param>
    /// <param name="read">Reads the file of a path.</param>
    /// <param name="file">The file's name.</param>
    public PathTarget(string name, string what, string valid, Action<string> read, string file = "file.json")
    {
        var tree = JsonTree.Parse(valid);
        _reader = new ReaderTarget(
            name, what, random => JsonMutator.Mutate(random, [tree]), bytes => read(_file.With(bytes, file)), FirstStage.IsJson);
    }

    public override string Name => _reader.Name;

    public override string What => _reader.What;

    public override byte[] Make(Random random) => _reader.Make(random);

    public override Verdict Run(byte[] input) => _reader.Run(input);

    protected override void Close() => _file.Dispose();
}
