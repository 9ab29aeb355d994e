using System.CommandLine;

namespace Dimec.Cli.Commands;

/// <summary>
/// The options that say where the tiers answer: <c>--edge URL --cloud URL</c>, and <c>--tier NAME=URL</c> for tiers of other names.
/// </summary>
internal sealed class TierUrls
{
    private readonly Option<string?> _edge = new("--edge")
    {
        Description = "Where the edge answers, e.g. grpc://host:8001 or http://host:8000.",
    };

    private readonly Option<string?> _cloud = new("--cloud") { Description = "Where the cloud answers." };
    private readonly Option<string[]> _others = new("--tier")
    {
        Description = "NAME=URL of a tier of another name; may be given several times.",
    };

    public void AddTo(Command command)
    {
        command.Add(_edge);
        command.Add(_cloud);
        command.Add(_others);
    }

    /// <summary>The URLs by tier; what is no URL is added to the errors.</summary>
    public IReadOnlyDictionary<string, Uri> Of(ParseResult parsed, InputErrors errors)
    {
        var urls = new Dictionary<string, Uri>();
        Add("edge", parsed.GetValue(_edge), $"--edge {parsed.GetValue(_edge)}");
        Add("cloud", parsed.GetValue(_cloud), $"--cloud {parsed.GetValue(_cloud)}");
        foreach (var other in parsed.GetValue(_others) ?? [])
        {
            var parts = other.Split('=', 2);
            if (parts.Length == 2)
                Add(parts[0], parts[1], $"--tier {other}");
            else
                errors.Add($"--tier {other}", "has no '='", "write NAME=URL");
        }

        return urls;

        void Add(string tier, string? url, string where)
        {
            if (url is null)
                return;
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
                errors.Add(where, "is no URL", "write e.g. grpc://host:8001 or http://host:8000");
            else if (!urls.TryAdd(tier, uri))
                errors.Add(where, $"names the tier '{tier}' a second time", "give each tier one URL");
        }
    }
}
