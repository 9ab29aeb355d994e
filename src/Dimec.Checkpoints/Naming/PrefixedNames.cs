using Dimec.Checkpoints.Architectures;

namespace Dimec.Checkpoints.Naming;

/// <summary>
/// Under which prefix the wanted tensors stand among the stored ones. Tools that wrap a model set their own word before its names
/// (<c>model.</c>, <c>module.</c>, <c>_orig_mod.</c>, <c>0.auto_model.</c>):
/// whatever stands before a complete set of the family's names is a prefix.
/// </summary>
internal sealed class PrefixedNames
{
    /// <summary>
    /// Architectures whose tensors have the names of a known one's, or some of them, and other positions or inputs,
    /// so that their weights would fit and answer wrongly.
    /// </summary>
    private static readonly string[] s_others =
        [
            "roberta", "xlm_roberta", "camembert", "electra", "ernie", "nezha", "layoutlm", "longformer", "deberta", "luke", "splinter",
            "mpnet", "albert", "distilbert", "mobilebert", "convbert", "esm",
        ];

    private readonly IReadOnlyCollection<string> _wanted;
    private readonly Dictionary<string, Dictionary<string, List<string>>> _byPrefix = new(StringComparer.Ordinal);
    private readonly IReadOnlyCollection<string> _stored;
    private readonly EncoderArchitecture _architecture;

    /// <param name="stored">The names in the files.</param>
    /// <param name="wanted">The canonical names that are called for.</param>
    /// <param name="architecture">The family that calls for them.</param>
    public PrefixedNames(IReadOnlyCollection<string> stored, IReadOnlySet<string> wanted, EncoderArchitecture architecture)
    {
        (_stored, _wanted, _architecture) = (stored, wanted, architecture);
        foreach (var name in stored)
        {
            var modern = CanonicalName.Modern(name);
            for (var start = 0; start >= 0; start = modern.IndexOf('.', start) is >= 0 and var dot ? dot + 1 : -1)
            {
                if (!wanted.Contains(modern[start..]))
                    continue;
                Add(modern[..start], modern[start..], name);
                break;
            }
        }
    }

    /// <summary>The stored names of each wanted one, more than one where it stands under several spellings.</summary>
    /// <param name="where">The file or folder, for the sentence.</param>
    /// <param name="prefix">What stands before the names beyond what transformers writes; empty for nothing.</param>
    /// <returns>What was found; wanted names may be missing where the names are transformers' own.</returns>
    /// <exception cref="InputException">The names are another architecture's, are another model's besides,
    /// or stand under several prefixes.</exception>
    public IReadOnlyDictionary<string, List<string>> Resolve(string where, out string prefix)
    {
        RefuseAdapters(where);
        prefix = "";
        var plain = Plain();
        if (IsComplete(plain) || _byPrefix.Count == 0 || _byPrefix.Keys.All(IsPlain))
            return plain.Count > 0 ? plain : throw Nothing(where);
        string[] complete = [.. _byPrefix.Keys.Where(key => !IsPlain(key) && IsComplete(_byPrefix[key])).Order(StringComparer.Ordinal)];
        if (complete.Length > 1)
        {
            throw new InputException(
                where, $"holds {complete.Length} encoders, whose tensors begin with {Quoted(complete)}",
                "save the one that is meant by itself");
        }

        // With the incomplete ones, the fullest is what the file was made of.
        prefix = complete.Length == 1 ? complete[0] : _byPrefix.Keys.MaxBy(key => _byPrefix[key].Count)!;
        RefuseOthers(where, prefix);
        if (complete.Length == 1)
            return _byPrefix[prefix];
        if (IsPlain(prefix))
        {
            prefix = "";
            return plain;
        }

        throw Incomplete(where, prefix);
    }

    private bool IsPlain(string prefix) => prefix.Length == 0 || prefix == _architecture.Prefix;

    private static string Quoted(IEnumerable<string> prefixes) => string.Join(" and ", prefixes.Select(prefix => $"\"{prefix}\""));

    private void Add(string prefix, string wanted, string stored)
    {
        if (!_byPrefix.TryGetValue(prefix, out var names))
            _byPrefix.Add(prefix, names = new(StringComparer.Ordinal));
        if (!names.TryGetValue(wanted, out var spellings))
            names.Add(wanted, spellings = []);
        spellings.Add(stored);
    }

    private Dictionary<string, List<string>> Plain()
    {
        var plain = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (wanted, spellings) in _byPrefix.Where(group => IsPlain(group.Key)).SelectMany(group => group.Value))
        {
            if (!plain.TryAdd(wanted, [.. spellings]))
                plain[wanted].AddRange(spellings);
        }

        return plain;
    }

    private bool IsComplete(Dictionary<string, List<string>> names) => names.Count == _wanted.Count;

    private void RefuseAdapters(string where)
    {
        var adapter = _stored.FirstOrDefault(name => name.Contains(".lora_", StringComparison.Ordinal)
            || name.Contains(".base_layer.", StringComparison.Ordinal));
        if (adapter is not null)
        {
            throw new InputException(
                where, $"holds adapters beside the weights, such as {adapter}, which are not applied here",
                "merge them with merge_and_unload() and save the model again");
        }
    }

    private void RefuseOthers(string where, string prefix)
    {
        if (prefix.Split('.').FirstOrDefault(word => word != _architecture.ModelType && s_others.Contains(word)) is { } other)
            throw new InputException(
                where,
                $"has tensors that begin with \"{prefix}\", the names of {other}, "
                + $"whose layers or positions differ from {_architecture.Name}'s",
                $"give a checkpoint of {_architecture.Name}'s architecture (model_type {_architecture.ModelType})");
    }

    private InputException Nothing(string where)
    {
        var begins = _stored
            .Select(name => name.Split('.')[0] + (name.Contains('.', StringComparison.Ordinal) ? "." : ""))
            .CountBy(start => start)
            .OrderByDescending(start => start.Value)
            .Take(3)
            .Select(start => start.Key)
            .ToArray();
        return new InputException(
            where,
            begins.Length == 0
                ? "holds no tensor"
                : $"holds none of {_architecture.Name}'s {_wanted.Count} tensors: its own begin with {Quoted(begins)}",
            $"give the weights of a {_architecture.Name} encoder under the names that transformers gives them");
    }

    private InputException Incomplete(string where, string prefix)
    {
        string[] missing = [.. _wanted.Where(name => !_byPrefix[prefix].ContainsKey(name))];
        return new InputException(
            where,
            $"has tensors that begin with \"{prefix}\", and {missing.Length} of {_architecture.Name}'s {_wanted.Count} "
            + $"are not among them: {string.Join(", ", missing.Take(4))}{(missing.Length > 4 ? ", …" : "")}",
            $"give the complete weights of a {_architecture.Name} encoder with the number of layers that config.json states");
    }
}
