namespace Dimec.Text.SdkDocs;

/// <summary>
/// Writes texts of <c>sdk-docs</c> as TSV. Their white space is single spaces, so that no text holds a tab or a line end.
/// </summary>
/// <param name="samples">Every text of the task, those that the limits left out included.</param>
internal sealed class SdkDocsRows(IEnumerable<Sample> samples) : IRowSource
{
    private readonly Dictionary<string, Sample> _samples = samples.ToDictionary(s => s.Guid);

    public void Write(IEnumerable<string> guids, Stream output)
    {
        var rows = guids.Select(Find).ToList();
        using var writer = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("text\tlabel");
        foreach (var row in rows)
            writer.WriteLine($"{row.Text}\t{Area.All[row.Label]}");
    }

    private Sample Find(string guid) => _samples.TryGetValue(guid, out var sample)
        ? sample
        : throw new InputException(
            guid, "is no text of sdk-docs on this machine",
            "use guids from this task, and the version of the .NET SDK that they were made with");
}
