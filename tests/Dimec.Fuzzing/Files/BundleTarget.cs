using System.Security.Cryptography;
using System.Text;
using Dimec.Bundles;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.Inference;
using Dimec.Testing;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Fuzzing.Files;

/// <summary>A bundle whose manifest vouches for files that are changed, or is changed itself: opened, and its embeddings
/// computed.</summary>
internal sealed class BundleTarget : FolderTarget
{
    private readonly WalkBundle _bundle;
    private readonly Dictionary<string, byte[]> _valid;

    public BundleTarget() : this(new WalkBundle())
    {
    }

    private BundleTarget(WalkBundle bundle) : base(Mutators(bundle.Folder))
    {
        _bundle = bundle;
        _valid = Directory.GetFiles(bundle.Folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
    }

    public override string Name => "bundle";

    public override string What => "bundles whose manifests vouch for hostile files";

    public override double Share => 0.3;

    public override Verdict Run(byte[] input)
    {
        var changed = FileSet.Unpack(input);
        try
        {
            foreach (var (name, content) in changed)
                File.WriteAllBytes(Path.Combine(_bundle.Folder, name), content);
            if (!changed.ContainsKey(BundleManifest.FileName))
                Vouch(changed);
            var bundle = Bundle.OpenLocal(_bundle.Folder);
            using var layer = EmbeddingLayer.Open(bundle);
            layer.Embed(bundle.Tokenizer.Encode("the film is good", null, Math.Min(8, bundle.Manifest.MaxLength)));
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return IsWellFormed(changed) ? Verdict.Refused : Verdict.Malformed;
        }
        finally
        {
            File.WriteAllBytes(Path.Combine(_bundle.Folder, BundleManifest.FileName), _valid[BundleManifest.FileName]);
            foreach (var name in changed.Keys)
                File.WriteAllBytes(Path.Combine(_bundle.Folder, name), _valid[name]);
        }
    }

    protected override void Close() => _bundle.Dispose();

    /// <summary>Has the manifest name the changed files' lengths and hashes.</summary>
    private void Vouch(Dictionary<string, byte[]> changed)
    {
        var manifest = BundleManifest.Read(new MemoryStream(_valid[BundleManifest.FileName]), BundleManifest.FileName);
        manifest = manifest with
        {
            Files = [.. manifest.Files.Select(file => changed.TryGetValue(file.Name, out var content)
                ? new BundleFile(file.Name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)))
                : file)],
        };
        using var stream = File.Create(Path.Combine(_bundle.Folder, BundleManifest.FileName));
        manifest.Write(stream);
    }

    /// <summary>A sound file of another bundle.</summary>
    private static Func<Random, byte[]> Whole(Action<Stream> write)
    {
        var content = Encoding.UTF8.GetBytes(TextFiles.Written(write));
        return _ => content;
    }

    private static Func<Random, byte[]> OneOf(Func<Random, byte[]> often, params Func<Random, byte[]>[] others) =>
        random => (random.Next(6) == 0 ? others[random.Next(others.Length)] : often)(random);

    private static WordPieceTokenizer Larger() => WordPieceTokenizer.FromVocabulary(
        TextFiles.Stream(TinyBundle.Vocabulary + string.Concat(Enumerable.Range(0, 40).Select(i => $"\nmore{i}"))), lowercase: true);

    private static Dictionary<string, Func<Random, byte[]>> Mutators(string folder)
    {
        string Text(string name) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, name)));
        var ngram = File.ReadAllBytes(Path.Combine(folder, "ngram.bin"));
        return new Dictionary<string, Func<Random, byte[]>>
        {
            [BundleManifest.FileName] = Json(Text(BundleManifest.FileName)),
            ["plan.json"] = OneOf(Json(Text("plan.json")), Whole(TinyBundle.Plan().Write), Whole(TinyBundle.Plan("cloud", 2, 4, 5).Write)),
            ["tokenizer.json"] = OneOf(Json(Text("tokenizer.json")), Whole(Larger().WriteTokenizerJson)),
            ["ngram.bin"] = random => ByteMutator.Mutate(random, ngram),
        };
    }
}
