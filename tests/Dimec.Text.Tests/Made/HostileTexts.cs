using System.Globalization;
using System.Text;

namespace Dimec.Text.Tests.Made;

/// <summary>
/// Texts made to find differences: all of Unicode, marks in every order, special tokens, words about as long as is allowed.
/// </summary>
internal sealed class HostileTexts(int seed)
{
    private static readonly int[] s_interesting =
    [
        0, 0x0B, 0x0C, 0x24, 0x5F, 0x7F, 0x85, 0xA0, 0xAD, 0xDF, 0x130, 0x131, 0x17F, 0x1C5, 0x301, 0x307, 0x323, 0x338, 0x344, 0x37E,
        0x3A3, 0x3C2,
        0x1B44, 0x180E, 0x1E9E, 0x1FEF, 0x2000, 0x200B, 0x200D, 0x2028, 0x212A, 0x212B, 0x226E, 0x20E3, 0x3000, 0x302E, 0xAC01, 0xD7A3,
        0xF900, 0xFA0E,
        0xFE0F, 0xFEFF, 0xFFFD, 0xFFFF, 0x10400, 0x1D165, 0x1D16D, 0x1F468, 0x1F3FF, 0x2A6D6, 0x2B820, 0x2F800, 0xE0001, 0xF0000, 0x10FFFF,
    ];

    private static readonly string[] s_words =
        [
            "[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "[cls]", "[[MASK]]", "##ing", "unaffable", "doesn't", "Straße", "ΟΔΥΣΣΕΥΣ",
            "naïve", "東京", "서울", "ไทย",
        ];

    private static readonly int[] s_marks = [.. Enumerable.Range(0x300, 0x1E000).Where(c => c is < 0xD800 or > 0xDFFF && IsMark(c))];
    private readonly Random _random = new(seed);

    public string Next() => _random.Next(8) switch
    {
        0 => Repeat(30, () => _random.Next(2) == 0 ? s_words[_random.Next(s_words.Length)] : CodePoint()),
        1 => Repeat(20, () => char.ConvertFromUtf32(s_marks[_random.Next(s_marks.Length)])),
        2 => string.Concat(Enumerable.Repeat(CodePoint(), _random.Next(1, 130))),
        3 => string.Concat(Enumerable.Range(0, _random.Next(95, 106)).Select(_ => "abcé\U00010400"[_random.Next(4)])) + CodePoint(),
        _ => Repeat(25, CodePoint),
    };

    private static bool IsMark(int c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private string Repeat(int atMost, Func<string> next)
    {
        var text = new StringBuilder();
        for (var count = _random.Next(atMost); count > 0; count--)
            text.Append(next());
        return text.ToString();
    }

    private string CodePoint() => _random.Next(6) switch
    {
        0 => char.ConvertFromUtf32(_random.Next(0x20, 0x7F)),
        1 => char.ConvertFromUtf32(s_interesting[_random.Next(s_interesting.Length)]),
        2 => char.ConvertFromUtf32(s_marks[_random.Next(s_marks.Length)]),
        3 => " ",
        4 => char.ConvertFromUtf32(_random.Next(0x80, 0xD800)),
        _ => char.ConvertFromUtf32(_random.Next(0xE000, 0x110000)),
    };
}
