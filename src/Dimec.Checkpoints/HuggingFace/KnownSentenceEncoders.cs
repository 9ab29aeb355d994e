namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Names that tell a sentence encoder where none of its files does.</summary>
internal static class KnownSentenceEncoders
{
    private const string HubCache = "models--";

    /// <summary>Parts of names, each with the pooling of its family. The first that fits counts.</summary>
    private static readonly (string Part, string Pooling)[] s_families =
    [
        ("MiniLM", ExitHeadConfig.MeanPooling),
        ("arctic-embed", ExitHeadConfig.ClsPooling),
        ("BAAI/bge-", ExitHeadConfig.ClsPooling),
        ("bge-small-", ExitHeadConfig.ClsPooling),
        ("bge-base-", ExitHeadConfig.ClsPooling),
        ("bge-large-", ExitHeadConfig.ClsPooling),
        ("mxbai-embed", ExitHeadConfig.ClsPooling),
        ("LaBSE", ExitHeadConfig.ClsPooling),
        ("simcse", ExitHeadConfig.ClsPooling),
        ("intfloat/", ExitHeadConfig.MeanPooling),
        ("e5-small", ExitHeadConfig.MeanPooling),
        ("e5-base", ExitHeadConfig.MeanPooling),
        ("e5-large", ExitHeadConfig.MeanPooling),
        ("thenlper/gte-", ExitHeadConfig.MeanPooling),
        ("gte-small", ExitHeadConfig.MeanPooling),
        ("gte-base", ExitHeadConfig.MeanPooling),
        ("gte-large", ExitHeadConfig.MeanPooling),
        ("paraphrase-", ExitHeadConfig.MeanPooling),
        ("sentence-transformers", ExitHeadConfig.MeanPooling),
        ("sentence_transformers", ExitHeadConfig.MeanPooling),
        ("sentence-bert", ExitHeadConfig.MeanPooling),
        ("sbert", ExitHeadConfig.MeanPooling),
    ];

    /// <summary>Looks at the names that a checkpoint goes by.</summary>
    /// <param name="folder">Its folder; it, what its links lead to and every folder above count, nearest first.</param>
    /// <param name="nameOrPath">What <c>config.json</c> says it was loaded from.</param>
    /// <returns>The pooling and the name that tells it; null where none does.</returns>
    public static (string Pooling, string Name)? Find(string folder, string? nameOrPath)
    {
        foreach (var name in Names(Path.GetFullPath(folder)).Concat(Resolved(folder)).Append(nameOrPath ?? ""))
        {
            foreach (var (part, pooling) in s_families)
            {
                if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
                    return (pooling, name);
            }
        }

        return null;
    }

    /// <summary>
    /// The names of a folder and of those above it. The hub's cache names a model in full, so that nothing above it counts.
    /// </summary>
    private static IEnumerable<string> Names(string path)
    {
        for (var at = new DirectoryInfo(path); at is not null; at = at.Parent)
        {
            var inCache = at.Name.StartsWith(HubCache, StringComparison.Ordinal);
            yield return inCache ? at.Name[HubCache.Length..].Replace("--", "/", StringComparison.Ordinal) : at.Name;
            if (inCache)
                yield break;
        }
    }

    /// <summary>The same where the folder, one above it or its weights are links.</summary>
    private static IEnumerable<string> Resolved(string folder)
    {
        var full = Path.GetFullPath(folder);
        for (var at = new DirectoryInfo(full); at is not null; at = at.Parent)
        {
            if (Target(at) is { } target)
            {
                foreach (var name in Names(Path.Combine(target, Path.GetRelativePath(at.FullName, full))))
                    yield return name;
            }
        }

        if (Target(new FileInfo(Path.Combine(full, WeightFiles.Single))) is { } weights)
        {
            foreach (var name in Names(weights))
                yield return name;
        }
    }

    private static string? Target(FileSystemInfo entry)
    {
        try
        {
            return entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // A name that cannot be followed tells nothing.
            return null;
        }
    }
}
