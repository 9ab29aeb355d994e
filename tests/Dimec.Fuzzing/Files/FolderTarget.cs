using Dimec.Fuzzing.Mutation;

namespace Dimec.Fuzzing.Files;

/// <summary>A folder of which one or two files are changed, the others as they should be.</summary>
/// <param name="mutators">How each file is changed that is.</param>
internal abstract class FolderTarget(IReadOnlyDictionary<string, Func<Random, byte[]>> mutators) : FuzzTarget
{
    private readonly string[] _names = [.. mutators.Keys];

    protected override int Multiple => 512;

    public override byte[] Make(Random random)
    {
        var changed = new Dictionary<string, byte[]>();
        for (var files = random.Next(4) == 0 ? 2 : 1; files > 0; files--)
        {
            var name = _names[random.Next(_names.Length)];
            changed[name] = mutators[name](random);
        }

        return FileSet.Pack(changed);
    }

    /// <summary>Changes a document of JSON.</summary>
    protected static Func<Random, byte[]> Json(string valid, double malformed = 0.1)
    {
        var tree = JsonTree.Parse(valid);
        return random => JsonMutator.Mutate(random, [tree], malformed);
    }

    /// <summary>Whether all of the files are well-formed that have to be JSON.</summary>
    protected static bool IsWellFormed(Dictionary<string, byte[]> changed) => changed.All(file => Path.GetExtension(file.Key) switch
    {
        ".json" => FirstStage.IsJson(file.Value),
        ".jsonl" => FirstStage.IsJsonLines(file.Value),
        ".safetensors" => SafetensorsMutator.IsWellFormed(file.Value),
        ".txt" => FirstStage.IsText(file.Value),
        _ => true,
    });
}
