using Dimec.Fuzzing.Mutation;

namespace Dimec.Fuzzing.Files;

/// <summary>A reader of a file of lines with cells.</summary>
/// <param name="name">What the target is called.</param>
/// <param name="what">What is read.</param>
/// <param name="valid">A file as it should be.</param>
/// <param name="separator">What stands between cells.</param>
/// <param name="file">The file's name.</param>
/// <param name="read">Reads the file of a path.</param>
internal sealed class TableTarget(string name, string what, string valid, char separator, string file, Action<string> read) : FuzzTarget
{
    private readonly OneFile _file = new();

    public override string Name => name;

    public override string What => what;

    protected override int Multiple => 768;

    public override byte[] Make(Random random) => LineMutator.Mutate(random, valid, separator);

    public override Verdict Run(byte[] input)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_file.Folder, file))!);
            read(_file.With(input, file));
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return FirstStage.IsText(input) ? Verdict.Refused : Verdict.Malformed;
        }
    }

    protected override void Close() => _file.Dispose();
}
