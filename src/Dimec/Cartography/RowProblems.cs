using System.Globalization;

namespace Dimec.Cartography;

/// <summary>What can be wrong between rows: one sentence each, the same in lock-step and in the join.</summary>
internal static class RowProblems
{
    public static InputException Twice(EpochFeed feed, int epoch, int line, SampleGuid guid) =>
        feed.Problem(epoch, line, $"guid '{guid}' comes a second time", "give every sample one row an epoch and a guid of its own");

    /// <summary>A row of a later epoch that the first epoch has no counterpart left for.</summary>
    public static InputException Extra(EpochFeed feed, int epoch, int line, SampleGuid guid, bool wasSeen)
    {
        if (wasSeen)
            return Twice(feed, epoch, line, guid);
        return Like(feed, guid) is { } like
            ? Otherwise(feed, epoch, line, guid, like)
            : feed.Problem(epoch, line, $"guid '{guid}' is not in {feed.Epochs[0].Name}", "record the same samples in every epoch");
    }

    public static InputException OtherGold(EpochFeed feed, int epoch, int line, SampleGuid guid, int gold, int first) =>
        feed.Problem(
            epoch, line, $"guid '{guid}' has gold {gold} where {feed.Epochs[0].Name} has {first}",
            "keep a sample's label the same in all epochs");

    public static InputException Missing(EpochFeed feed, int epoch, SampleGuid guid, int count) =>
        new(
            feed.Epochs[epoch].Name, $"guid '{guid}' is missing (first of {count})",
            $"record the same samples in every epoch as in {feed.Epochs[0].Name}");

    private static InputException Otherwise(EpochFeed feed, int epoch, int line, SampleGuid guid, SampleGuid like)
    {
        var first = feed.Epochs[0].Name;
        if (guid.Text != like.Text)
        {
            return feed.Problem(
                epoch, line, $"guid '{guid}' is written '{like}' in {first}", "write a sample's guid in one way in all epochs");
        }

        var (here, there) = guid.IsNumber ? ("a number", $"a text, \"{guid}\"") : ("a text", $"a number, {guid}");
        return feed.Problem(
            epoch, line, $"guid '{guid}' is {here} where {first} has {there}",
            "write the guids of all epochs as numbers, or of all as texts in quotes");
    }

    /// <summary>
    /// A guid that is the same to a reader: of the other type, another spelling of one number, or with other blanks or letters' case.
    /// The first epoch is read once more, as nobody keeps its guids.
    /// </summary>
    private static SampleGuid? Like(EpochFeed feed, SampleGuid guid)
    {
        var (number, text) = (Number(guid.Text), guid.Text.Trim());
        using var again = new DynamicsEpochReader(feed.Epochs[0]);
        while (again.TryRead())
        {
            var other = again.Row.Guid;
            if (other.Text.Trim().Equals(text, StringComparison.OrdinalIgnoreCase) || (number is { } value && Number(other.Text) == value))
                return other;
        }

        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
