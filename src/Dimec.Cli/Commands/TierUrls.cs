using System.CommandLine;
using Dimec.CommandLine.Parsing;

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
        Add("edge", parsed.GetValue(_edge), _edge.Name);
        Add("cloud", parsed.GetValue(_cloud), _cloud.Name);
        foreach (var other in parsed.GetValue(_others) ?? [])
            TierUrl.Add(urls, _others.Name, other, errors);
        return urls;

        void Add(string tier, string? url, string option)
        {
            if (url is not null)
                TierUrl.Add(urls, tier, url, $"{option} {url}", errors);
        }
    }
}
