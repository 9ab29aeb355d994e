namespace Dimec.Cartography;

/// <summary>How many logits a row has: what the first row of the first epoch says holds for all rows of all epochs.</summary>
internal sealed class ClassCount(string first)
{
    /// <summary>The number of classes; 0 before the first row.</summary>
    public int Count { get; private set; }

    /// <summary>Checks a reader's row.</summary>
    public void Check(DynamicsEpochReader reader)
    {
        var classes = reader.Row.Logits.Count;
        if (Count == 0)
            Count = classes;
        if (classes != Count)
        {
            throw reader.Problem(
                $"guid '{reader.Row.Guid}' has {classes} logits where {first} begins with {Count}",
                "give every row of every epoch one logit a class");
        }
    }
}
