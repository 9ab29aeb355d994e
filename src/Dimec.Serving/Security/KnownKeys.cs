using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dimec.Serving.Security;

/// <summary>
/// The keys that a tier lets in: a line each, <c>name sha256:HEX</c> and perhaps <c>admin</c>; of the keys there is no more.
/// </summary>
internal sealed class KnownKeys
{
    /// <summary>A header has to hold it.</summary>
    private const int LongestKey = 512;

    private const int Most = 10_000;
    private const int MostBytes = 4 << 20;
    private const string Fix = "write a line as dimec key prints it: name sha256:HEX, and admin behind it where it may load";

    private readonly IReadOnlyList<KnownKey> _keys;

    private KnownKeys(IReadOnlyList<KnownKey> keys) => _keys = keys;

    /// <summary>How many there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads a file of keys.</summary>
    /// <exception cref="InputException">A line is none, a name or a hash is there twice, or there is no key; all of it.</exception>
    public static KnownKeys Of(string path, byte[] text)
    {
        if (text.Length > MostBytes)
            throw new InputException(path, $"has {text.Length} bytes", $"give {MostBytes} at most");
        var errors = new InputErrors();
        var keys = new List<KnownKey>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(text).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var content = line.Split('#', 2)[0].Trim();
            if (content.Length == 0)
                continue;
            var where = string.Create(CultureInfo.InvariantCulture, $"{path}:{number}");
            if (Read(content) is not { } key)
                errors.Add(where, "is no key", Fix);
            else if (keys.Exists(other => other.Name == key.Name))
                errors.Add(where, $"has the name {key.Name} a second time", "give each key a name of its own");
            else if (keys.Exists(other => other.Hash.AsSpan().SequenceEqual(key.Hash)))
                errors.Add(where, $"has the hash of another line, as {key.Name}", "give each caller a key of its own");
            else
                keys.Add(key);
        }

        if (keys.Count == 0 && errors.Count == 0)
            errors.Add(path, "holds no key, so that nobody could ask", Fix);
        if (keys.Count > Most)
            errors.Add(path, $"holds {keys.Count} keys", $"give {Most} at most");
        errors.ThrowIfAny();
        return new KnownKeys(keys);
    }

    /// <summary>
    /// The key that a caller shows, in a time that tells nothing of those that there are: all of them are compared, each in constant time.
    /// </summary>
    /// <param name="shown">What it shows.</param>
    /// <returns>Null: none of them.</returns>
    public KnownKey? Find(string shown)
    {
        if (shown.Length > LongestKey)
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(shown), hash);
        var found = -1;
        for (var i = 0; i < _keys.Count; i++)
        {
            var isSame = CryptographicOperations.FixedTimeEquals(hash, _keys[i].Hash) ? 1 : 0;
            found = (isSame * i) + ((1 - isSame) * found);
        }

        return found < 0 ? null : _keys[found];
    }

    private static KnownKey? Read(string line)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ([_, _] or [_, _, KnownKey.Admin]) || !KnownKey.IsName(parts[0])
            || !parts[1].StartsWith(KnownKey.HashName, StringComparison.Ordinal))
        {
            return null;
        }

        var hex = parts[1].AsSpan(KnownKey.HashName.Length);
        var hash = new byte[SHA256.HashSizeInBytes];
        return hex.Length == 2 * hash.Length && Convert.FromHexString(hex, hash, out _, out _) == OperationStatus.Done
            ? new KnownKey(parts[0], hash, parts.Length == 3)
            : null;
    }
}
