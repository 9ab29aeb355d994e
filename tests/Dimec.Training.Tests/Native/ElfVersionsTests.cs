using System.Text;
using Dimec.Training.Native;

namespace Dimec.Training.Tests.Native;

public sealed class ElfVersionsTests
{
    /// <summary>The hash of the name "GLIBCXX_3.4.32" and of "GLIBCXX_3.4", as readelf shows them.</summary>
    private static readonly byte[] s_newer = [0x42, 0xF8, 0x97, 0x02];
    private static readonly byte[] s_older = [0x74, 0x29, 0x92, 0x08];

    [Fact]
    public void TheNewImportBecomesTheOldOne()
    {
        byte[] library = [.. "\0_ZSt21ios_base_library_initv\0memcpy\0GLIBCXX_3.4.32\0GLIBC_2.14\0"u8, .. s_newer, 0, 0, 7, 0];
        Assert.True(ElfVersions.TryLowerStreamInitialization(library));
        var text = Encoding.Latin1.GetString(library);
        Assert.Contains("\0_ZNSt8ios_base4InitC1Ev\0", text, StringComparison.Ordinal);
        Assert.Contains("memcpy\0GLIBCXX_3.4\0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("library_init", text, StringComparison.Ordinal);
        Assert.Equal(s_older, library[^8..^4]);
        Assert.Equal([0, 0, 7, 0], library[^4..]);
    }

    [Theory]
    [InlineData("\0_ZSt21ios_base_library_initv\0", false)]
    [InlineData("\0GLIBCXX_3.4.32\0", true)]
    [InlineData("\0_ZSt21ios_base_library_initv\0\0_ZSt21ios_base_library_initv\0\0GLIBCXX_3.4.32\0", true)]
    [InlineData("", false)]
    public void ALibraryOfAnotherKindIsLeftAlone(string text, bool withHash)
    {
        byte[] library = [.. Encoding.Latin1.GetBytes(text), .. withHash ? s_newer : []];
        var before = library.ToArray();
        Assert.False(ElfVersions.TryLowerStreamInitialization(library));
        Assert.Equal(before, library);
    }
}
