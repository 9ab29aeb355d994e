using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Dimec.Predictions.Recording;

/// <summary>
/// Draws samples by their names: of all names one in two has at least one halving, one in four two, and so on, whenever the sample came.
/// </summary>
internal static class SampleDraw
{
    /// <summary>Up to how many halvings a sample stays: the zero bits that the SHA-256 of its name begins with, 0 to 64.</summary>
    /// <param name="guid">The sample's name.</param>
    public static int HalvingsOf(string guid)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(guid), hash);
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
