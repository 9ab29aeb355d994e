using System.CommandLine;
using Dimec.Bundles;

namespace Dimec.Cli.Commands;

/// <summary><c>--trust</c>, as every command has it that takes a bundle from elsewhere.</summary>
internal static class TrustOption
{
    /// <summary>Creates the option; <see cref="Value"/> reads it.</summary>
    public static Option<string?> Create() => new("--trust")
    {
        Description = "A file in PEM with public keys or certificates: a bundle that none of them has signed is refused. By default "
            + "every bundle is taken, signed or not.",
    };

    /// <summary>Whose bundles are taken; null: everybody's, or the file cannot be read, which is said.</summary>
    public static BundleTrust? Value(ParseResult parsed, Option<string?> option, InputErrors errors) =>
        parsed.GetValue(option) is { } path ? errors.Try(() => BundleTrust.Read(path)) : null;
}
