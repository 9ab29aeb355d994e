using Dimec.Checkpoints;

namespace Dimec.Cli.Tests.Made;

/// <summary>A bundle that a class of tests shares. One of its labels is such as somebody may have who means harm.</summary>
public sealed class MadeBundle : IDisposable
{
    /// <summary>A label that would begin lines, colour a terminal, clear it and turn its reading direction.</summary>
    public const string Label = "good\tbad\n\e[31m[red]\u009b2J\u202e\u2028";

    private readonly TemporaryFolder _folder = new();

    public MadeBundle()
    {
        var exits = new ExitHeadConfig([1, 2, 3], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, [Label, Label + "2"], 32);
        TinyBundle.Write(Path, RandomCheckpoint.Create(exits: exits), TinyBundle.Plan("mobile"));
        var pairs = new ExitHeadConfig([1, 2, 3], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 32)
        {
            HasPair = true,
        };
        TinyBundle.Write(Pairs, RandomCheckpoint.Create(exits: pairs), TinyBundle.Plan("mobile"));
    }

    /// <summary>The bundle's folder.</summary>
    public string Path => _folder.File("bundle");

    /// <summary>The folder of a bundle that takes pairs of texts.</summary>
    public string Pairs => _folder.File("pairs");

    public void Dispose() => _folder.Dispose();
}
