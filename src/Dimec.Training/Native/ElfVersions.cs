using System.Buffers.Binary;

namespace Dimec.Training.Native;

/// <summary>Edits what an ELF library asks of the C++ runtime.</summary>
internal static class ElfVersions
{
    /// <summary>
    /// Rewrites a library built with GCC 13 so that it runs with the C++ runtime of GCC 5 to 12, provided that it asks for only one newer
    /// symbol: <c>std::ios_base_library_init()</c> (GLIBCXX_3.4.32), which sets up the standard streams. Older runtimes do the same in the
    /// constructor of <c>std::ios_base::Init</c> (GLIBCXX_3.4), which uses no argument, so the import is renamed to that.
    /// </summary>
    /// <param name="library">The library's bytes, changed in place.</param>
    /// <returns>Whether it was of that kind; otherwise nothing was changed.</returns>
    public static bool TryLowerStreamInitialization(Span<byte> library)
    {
        var symbol = Find(library, "_ZSt21ios_base_library_initv\0"u8);
        var version = Find(library, "\0GLIBCXX_3.4.32\0"u8);
        Span<byte> hash = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(hash, Hash("GLIBCXX_3.4.32"u8));
        var requirement = Find(library, hash);
        if (symbol < 0 || version < 0 || requirement < 0)
            return false;
        Replace(library[symbol..], "_ZNSt8ios_base4InitC1Ev\0"u8);
        Replace(library[version..], "\0GLIBCXX_3.4\0"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(library[requirement..], Hash("GLIBCXX_3.4"u8));
        return true;
    }

    /// <summary>Where a pattern stands; −1 unless that is exactly one place.</summary>
    private static int Find(ReadOnlySpan<byte> library, ReadOnlySpan<byte> pattern)
    {
        var first = library.IndexOf(pattern);
        return first == library.LastIndexOf(pattern) ? first : -1;
    }

    private static void Replace(Span<byte> place, ReadOnlySpan<byte> with) => with.CopyTo(place);

    /// <summary>The hash of the System V ABI, by which version names are compared.</summary>
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 0u;
        foreach (var letter in name)
        {
            hash = unchecked((hash << 4) + letter);
            hash = (hash ^ ((hash & 0xF0000000) >> 24)) & 0x0FFFFFFF;
        }

        return hash;
    }
}
