using System.CommandLine;
using Dimec.CommandLine.Parsing;

namespace Dimec.Cli.Commands;

/// <summary>
/// The options that say where the tiers answer: <c>--edge URL --cloud URL</c>, and <c>--tier NAME=URL</c> for tiers of other names.
/// </summary>
/// <param name="several">Whether a tier may have several URLs, of which any will do.</param>
internal sealed class TierUrls(bool several)
{
    private readonly Option<string[]> _edge = new("--edge")
    {
        Description = "Where the edge answers, e.g. grpc://host:8001 or http://host:8000"
            + (several ? "; given several times, any of these addresses will do." : "."),
    };

    private readonly Option<string[]> _cloud = new("--cloud")
    {
        Description = $"Where the cloud answers{(several ? ", once or several times" : "")}.",
    };

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

    /// <summary>The tiers with their URLs; what is no URL is added to the errors.</summary>
    public IReadOnlyList<KeyValuePair<string, Uri>> Of(ParseResult parsed, InputErrors errors)
    {
        var urls = new List<KeyValuePair<string, Uri>>();
        Add("edge", _edge);
        Add("cloud", _cloud);
        foreach (var other in parsed.GetValue(_others) ?? [])
            TierUrl.Add(urls, _others.Name, other, errors, several);
        return urls;

        void Add(string tier, Option<string[]> option)
        {
            foreach (var url in parsed.GetValue(option) ?? [])
                TierUrl.Add(urls, tier, url, $"{option.Name} {url}", errors, several);
        }
    }
}
