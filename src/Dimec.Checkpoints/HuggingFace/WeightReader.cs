using System.Runtime.InteropServices;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Naming;
using Dimec.Checkpoints.Safetensors;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>
/// Reads the tensors that are wanted from a checkpoint's weight files, wherever and under whatever prefix they stand;
/// the others are not looked at.
/// </summary>
internal sealed class WeightReader : IDisposable
{
    /// <summary>More values than this are read only where they are expected: a file of holes can claim any size.</summary>
    private const long Many = 1 << 24;

    private readonly WeightFiles _files;
    private readonly string _where;
    private readonly List<SafetensorsFile> _open = [];
    private readonly Dictionary<string, SafetensorsFile> _place = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string First, string Second)> _twice = new(StringComparer.Ordinal);

    /// <param name="files">The files.</param>
    /// <param name="where">What they are called together in a sentence.</param>
    public WeightReader(WeightFiles files, string where)
    {
        (_files, _where) = (files, where);
        try
        {
            foreach (var path in files.Paths)
                Open(path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the names begin with beyond what transformers writes; empty for nothing.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>The names in the files that were taken for none of the wanted ones.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>Reads tensors.</summary>
    /// <param name="wanted">Their shapes by canonical name.</param>
    /// <param name="architecture">The family that calls for them.</param>
    /// <returns>Those that there are, by canonical name.</returns>
    /// <exception cref="InputException">A tensor stands in several places with different values or in another shard than the index says,
    /// is of a type that is not read, or the names are no encoder's of this family.</exception>
    public Dictionary<string, WeightTensor> Read(IReadOnlyDictionary<string, int[]> wanted, EncoderArchitecture architecture)
    {
        var found = new PrefixedNames(
            [.. _place.Keys.Union(_files.ShardOf?.Keys ?? [])], wanted.Keys.ToHashSet(StringComparer.Ordinal), architecture)
            .Resolve(_where, out var prefix);
        Prefix = prefix;
        Others = [.. _place.Keys.Except(found.Values.SelectMany(spellings => spellings)).Order(StringComparer.Ordinal)];
        var weights = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach (var (name, spellings) in found)
        {
            var tensor = Stored(spellings[0], name, wanted[name]);
            foreach (var other in spellings.Skip(1))
                RefuseOtherValues(name, spellings[0], tensor, Stored(other, name, wanted[name]), other);
            weights.Add(name, new WeightTensor(name, tensor.Shape, tensor.Values));
        }

        return weights;
    }

    public void Dispose()
    {
        foreach (var file in _open)
            file.Dispose();
    }

    private void Open(string path)
    {
        var file = SafetensorsFile.Open(path);
        _open.Add(file);
        var shard = Path.GetFileName(path);
        foreach (var name in file.Entries.Keys)
        {
            // Where the index names a tensor's shard, a copy in another one is of no account.
            if (_files.ShardOf?.TryGetValue(name, out var named) == true)
            {
                if (named == shard)
                    _place[name] = file;
            }
            else if (!_place.TryAdd(name, file))
            {
                _twice[name] = (_files.Paths[_open.IndexOf(_place[name])], path);
            }
        }
    }

    private WeightTensor Stored(string name, string canonical, int[] expected)
    {
        if (_twice.TryGetValue(name, out var places))
        {
            throw new InputException(
                $"{_where} tensor {name}",
                $"stands in {Path.GetFileName(places.First)} and in {Path.GetFileName(places.Second)}, and the index names neither",
                "name the one that counts in the index");
        }

        if (_place.TryGetValue(name, out var file))
        {
            RefuseAnotherSize(file.Entries[name], canonical, expected);
            return file.Read(name);
        }

        var shard = _files.ShardOf![name];
        throw new InputException(
            $"{_where} tensor {name}", $"is not in {shard}, where the index has it", "download the shard and the index again");
    }

    private void RefuseAnotherSize(SafetensorsEntry entry, string canonical, int[] expected)
    {
        if (Count(entry.Shape) is > Many and var count && count != Count(expected))
        {
            throw new InputException($"{_where} tensor {canonical}",
                $"has shape [{string.Join(", ", entry.Shape)}] where config.json calls for [{string.Join(", ", expected)}]",
                "use the config.json that belongs to these weights");
        }
    }

    private static long Count(IEnumerable<int> shape) => shape.Aggregate(1L, (product, dimension) => product * dimension);

    private void RefuseOtherValues(string name, string spelling, WeightTensor tensor, WeightTensor second, string other)
    {
        var same = second.Shape.AsSpan().SequenceEqual(tensor.Shape)
            && MemoryMarshal.AsBytes(second.Values.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        if (!same)
        {
            throw new InputException(
                _where, $"holds the tensor {name} twice, as \"{spelling}\" and as \"{other}\", with different values", "keep one of them");
        }
    }
}
