using System.Security.Cryptography;
using Dimec.Cartography;

namespace Dimec.Runs.Maps;

/// <summary>Epochs that are hashed as they are read, so that the hashes are of what was read, and nothing is read twice for them.</summary>
internal sealed class HashedEpochs : IDisposable
{
    private readonly SHA256?[] _hashes;

    public HashedEpochs(IReadOnlyList<DynamicsEpoch> epochs)
    {
        _hashes = new SHA256?[epochs.Count];
        Epochs = [.. epochs.Select((epoch, i) => epoch with { Open = () => Open(epoch, ref _hashes[i]) })];
    }

    /// <summary>The epochs.</summary>
    public IReadOnlyList<DynamicsEpoch> Epochs { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of an epoch's file, once it has been read to its end.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public string Of(int epoch) => Convert.ToHexStringLower(
        _hashes[epoch]?.Hash ?? throw new InvalidOperationException($"Epoch {epoch} was not read to its end."));

    public void Dispose() => Array.ForEach(_hashes, hash => hash?.Dispose());

    /// <summary>The first time counts: the file may be opened again, to look for a guid.</summary>
    private static Stream Open(DynamicsEpoch epoch, ref SHA256? hash)
    {
        var file = epoch.Open();
        return hash is null ? new CryptoStream(file, hash = SHA256.Create(), CryptoStreamMode.Read) : file;
    }
}
