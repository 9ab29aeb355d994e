namespace Dimec.Text.Labels;

/// <summary>The label whose rows are left out.</summary>
internal sealed class DroppedLabel
{
    private readonly string? _label;

    private DroppedLabel(string? label) => _label = label;

    /// <summary>No row is left out.</summary>
    public static DroppedLabel None { get; } = new(null);

    /// <summary>The label that the user named; null for none. Empty stands for rows whose label is empty or null.</summary>
    public static DroppedLabel Of(string? label) => label is null ? None : new DroppedLabel(One(label));

    /// <summary>Whether a row with this label is left out; of a number any spelling is.</summary>
    public bool Is(string label) => _label is not null && One(label) == _label;

    /// <inheritdoc/>
    public override string ToString() => _label ?? "";

    private static string One(string label) => NumberLabel.Find(label.Trim())?.ToString() ?? label.Trim();
}
