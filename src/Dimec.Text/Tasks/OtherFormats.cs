namespace Dimec.Text.Tasks;

/// <summary>Files that people have in place of those that are read, and how they come to one that is.</summary>
internal static class OtherFormats
{
    private const string Pandas = "df.to_json(\"data.jsonl\", orient=\"records\", lines=True) in pandas";

    /// <summary>What is wrong with a specification that names nothing which is read.</summary>
    public static string Problem(string spec) => Extension(spec) is { Length: > 1 } extension && Ways(extension) is not null
        ? $"is a {extension} file, and no data that Dimec can read"
        : "is no data that Dimec can read";

    /// <summary>How such a file becomes one, with what leads on to the next way; empty for others.</summary>
    public static string Fix(string spec) => Ways(Extension(spec)) is { } way ? $"{way}; or " : "";

    private static string Extension(string spec) => Path.GetExtension(spec).ToLowerInvariant();

    private static string? Ways(string extension) => extension switch
    {
        ".csv" => $"write it as JSON lines ({Pandas}), as quotes and commas are not read",
        ".json" => "write one JSON object a line into a .jsonl file",
        ".ndjson" or ".jsonlines" or ".jl" => "name it .jsonl",
        ".txt" or ".tab" => "name it .tsv or .jsonl, whichever it is",
        ".parquet" or ".arrow" or ".feather" or ".xlsx" or ".xls" or ".pkl" => $"write it as JSON lines ({Pandas})",
        ".gz" or ".zip" or ".xz" or ".bz2" or ".zst" => "unpack it first",
        _ => null,
    };
}
