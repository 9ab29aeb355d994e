using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Tests;

/// <summary>The list of events in the docs is that of the code.</summary>
public sealed partial class TierLogTests
{
    [Fact]
    public void Every_event_has_an_id_of_its_own_and_its_row_in_the_docs()
    {
        var events = typeof(TierLog).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (Message: method.GetCustomAttribute<LoggerMessageAttribute>(), method.Name))
            .Where(one => one.Message is not null)
            .Select(one => (one.Message!.EventId, one.Name, Level: one.Message.Level.ToString()))
            .ToList();
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md")))
            .Select(row => (int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), row.Groups[2].Value, row.Groups[3].Value));

        Assert.NotEmpty(events);
        Assert.Equal(events.Select(one => one.EventId).Distinct(), events.Select(one => one.EventId));
        Assert.Equal(events.OrderBy(one => one.EventId), rows);
    }

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
