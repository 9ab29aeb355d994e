using System.Runtime.CompilerServices;
using System.Text;
using Dimec.Text.Tokenization.Characters;

namespace Dimec.Text.Tokenization.Normalization;

/// <summary>Hugging Face's BertNormalizer, in one pass that hands on each code point as soon as it is final.</summary>
internal sealed class BertNormalizer(NormalizerSettings settings)
{
    private const int Skip = -1;
    private readonly CharacterTable _characters = CharacterTable.Instance;
    private readonly int[] _ascii = AsciiMap(settings);

    /// <summary>Normalises a text as a whole.</summary>
    public string Normalize(ReadOnlySpan<char> text)
    {
        var collector = new Collector(new StringBuilder(text.Length));
        Normalize(text, ref collector);
        return collector.Text.ToString();
    }

    /// <summary>Normalises a text. A surrogate without its partner counts as U+FFFD.</summary>
    /// <returns>False when the sink wanted no more.</returns>
    public bool Normalize<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, ICodePointSink, allows ref struct
    {
        var marks = default(MarkQueue);
        while (!text.IsEmpty)
        {
            int codePoint = text[0];
            var length = 1;
            if (codePoint < 128)
            {
                var mapped = _ascii[codePoint];
                if (mapped != Skip && !(marks.Flush(ref sink) && sink.Add(mapped)))
                    return false;
            }
            else
            {
                Rune.DecodeFromUtf16(text, out var rune, out length);
                if (!Other(rune.Value, ref marks, ref sink))
                    return false;
            }

            text = text[length..];
        }

        return marks.Flush(ref sink);
    }

    private bool Other<TSink>(int codePoint, ref MarkQueue marks, ref TSink sink)
        where TSink : struct, ICodePointSink, allows ref struct
    {
        var traits = _characters[codePoint];
        if (settings.CleanText)
        {
            if ((traits & CharacterTraits.Removed) != 0)
                return true;
            if ((traits & CharacterTraits.Blank) != 0)
                return marks.Flush(ref sink) && sink.Add(' ');
        }

        if (!settings.HandleChineseChars || (traits & CharacterTraits.Ideograph) == 0)
            return Decompose(codePoint, traits, ref marks, ref sink);
        return marks.Flush(ref sink) && sink.Add(' ') && Decompose(codePoint, traits, ref marks, ref sink)
            && marks.Flush(ref sink) && sink.Add(' ');
    }

    private bool Decompose<TSink>(int codePoint, CharacterTraits traits, ref MarkQueue marks, ref TSink sink)
        where TSink : struct, ICodePointSink, allows ref struct
    {
        if (!settings.StripsAccents)
            return Lowercase(codePoint, traits, ref sink);
        if ((traits & CharacterTraits.Mapped) == 0)
            return Strip(codePoint, traits, ref marks, ref sink);

        Span<int> letters = stackalloc int[3];
        var parts = Hangul.Decompose(codePoint, letters) is > 0 and var count ? letters[..count] : _characters.Decompose(codePoint);
        if (parts.IsEmpty)
            return Strip(codePoint, traits, ref marks, ref sink);
        foreach (var part in parts)
        {
            if (!Strip(part, _characters[part], ref marks, ref sink))
                return false;
        }

        return true;
    }

    private bool Strip<TSink>(int codePoint, CharacterTraits traits, ref MarkQueue marks, ref TSink sink)
        where TSink : struct, ICodePointSink, allows ref struct
    {
        // Marks are put in canonical order before any is removed, so a removed one still bars the way where it is a starter.
        var isMark = (traits & CharacterTraits.Combining) != 0;
        if ((traits & CharacterTraits.Nonspacing) != 0)
            return isMark || marks.Flush(ref sink);
        if (isMark)
        {
            marks.Add(codePoint, _characters.CombiningClass(codePoint));
            return true;
        }

        return marks.Flush(ref sink) && Lowercase(codePoint, traits, ref sink);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Lowercase<TSink>(int codePoint, CharacterTraits traits, ref TSink sink)
        where TSink : struct, ICodePointSink, allows ref struct
    {
        if (!settings.Lowercase || (traits & CharacterTraits.Mapped) == 0)
            return sink.Add(codePoint);
        var lower = _characters.Lowercase(codePoint);
        if (lower.IsEmpty)
            return sink.Add(codePoint);
        foreach (var part in lower)
        {
            if (!sink.Add(part))
                return false;
        }

        return true;
    }

    private static int[] AsciiMap(NormalizerSettings settings)
    {
        var map = new int[128];
        for (var c = 0; c < map.Length; c++)
        {
            var traits = CharacterTable.Instance[c];
            map[c] = settings.CleanText && (traits & CharacterTraits.Removed) != 0 ? Skip
                : settings.CleanText && (traits & CharacterTraits.Blank) != 0 ? ' '
                : settings.Lowercase && char.IsAsciiLetterUpper((char)c) ? c | 0x20
                : c;
        }

        return map;
    }

    private readonly struct Collector(StringBuilder text) : ICodePointSink
    {
        public StringBuilder Text => text;

        public bool Add(int codePoint)
        {
            text.Append(new Rune(codePoint));
            return true;
        }
    }
}
