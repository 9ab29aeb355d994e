namespace Dimec.Predictions;

/// <summary>One row of a predictions file as it is read, with its lists kept from row to row, and what the first row set for all.</summary>
internal sealed class RecordedRow
{
    public string Guid { get; set; } = "";

    public bool HasGuid { get; set; }

    /// <summary>Which keys the row had so far, a bit each.</summary>
    public int Keys { get; set; }

    public int Gold { get; set; } = -1;

    public LayerNumbers Logits { get; } = new();

    public List<float> Embedding { get; } = [];

    public LayerNumbers States { get; } = new();

    public ExportedRows Exported { get; } = new();

    public int[] Exits { get; set; } = [];

    public int Classes { get; set; }

    public int EmbeddingSize { get; set; }

    public int[] StateLayers { get; set; } = [];

    public int StateSize { get; set; }

    public void Clear()
    {
        (Guid, HasGuid, Gold, Keys) = ("", false, -1, 0);
        Logits.Clear();
        Embedding.Clear();
        States.Clear();
        Exported.Clear();
    }
}
