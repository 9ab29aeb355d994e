using System.Text;

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
        return IsThere(feed, guid with { IsNumber = !guid.IsNumber })
            ? OtherType(feed, epoch, line, guid)
            : feed.Problem(epoch, line, $"guid '{guid}' is not in {feed.Epochs[0].Name}", "record the same samples in every epoch");
    }

    public static InputException OtherGold(EpochFeed feed, int epoch, int line, SampleGuid guid, int gold, int first) =>
        feed.Problem(epoch, line, $"guid '{guid}' has gold {gold} where {feed.Epochs[0].Name} has {first}", "keep a sample's label the same in all epochs");

    public static InputException Missing(EpochFeed feed, int epoch, SampleGuid guid, int count) =>
        new(feed.Epochs[epoch].Name, $"guid '{guid}' is missing (first of {count})", $"record the same samples in every epoch as in {feed.Epochs[0].Name}");

    private static InputException OtherType(EpochFeed feed, int epoch, int line, SampleGuid guid)
    {
        var (here, there) = guid.IsNumber ? ("a number", $"a text, \"{guid}\"") : ("a text", $"a number, {guid}");
        return feed.Problem(epoch, line, $"guid '{guid}' is {here} where {feed.Epochs[0].Name} has {there}", "write the guids of all epochs as numbers, or of all as texts in quotes");
    }

    /// <summary>The first epoch is read once more, as nobody keeps its guids.</summary>
    private static bool IsThere(EpochFeed feed, SampleGuid guid)
    {
        var bytes = Encoding.UTF8.GetBytes(guid.Text);
        using var again = new DynamicsEpochReader(feed.Epochs[0]);
        while (again.TryRead())
        {
            if (again.Row.GuidIsNumber == guid.IsNumber && again.Row.GuidBytes.SequenceEqual(bytes))
                return true;
        }

        return false;
    }
}
