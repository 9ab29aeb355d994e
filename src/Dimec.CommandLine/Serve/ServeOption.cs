using System.CommandLine;
using System.Text.Json.Nodes;
using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>An option of a tier.</summary>
/// <param name="Name">The library's name for it, as <see cref="OptionNames.Use"/> takes it.</param>
/// <param name="Option">Its flag on the command line.</param>
/// <param name="Take">Takes over what was given, by whatever way; adds what the library has no type for.</param>
/// <param name="Get">Its value, as a configuration file has it.</param>
internal sealed record ServeOption(
    string Name, Option Option, Action<IReadOnlyList<string>, string, DimecTierHostOptions, InputErrors> Take,
    Func<DimecTierHostOptions, JsonNode?> Get)
{
    /// <summary>Its key in a configuration: the property's name.</summary>
    public string Key => KeyOf(Name);

    /// <summary>Whether it may be given several times.</summary>
    public bool TakesSeveral => Option.Arity.MaximumNumberOfValues > 1;

    /// <summary>The key of an option by the library's name for it.</summary>
    public static string KeyOf(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
