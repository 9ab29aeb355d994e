using System.Text.Json;
using System.Text.Unicode;
using Dimec.Files;

namespace Dimec.Json;

/// <summary>
/// Parses JSON that somebody else wrote, strictly: what passes has no text in it that later cannot be read. The parser alone lets invalid
/// UTF-8 and halves of characters through and throws when they are asked for.
/// </summary>
public static class JsonInput
{
    private const string NoObject = "is not a JSON object";

    /// <summary>Options under which a key that stands twice is a mistake: which of the two was meant nobody can tell.</summary>
    public static JsonDocumentOptions KeysOnce { get; } = new() { AllowDuplicateProperties = false };

    /// <summary>Parses a whole document; a byte-order mark before it is skipped.</summary>
    /// <param name="utf8">The document, or one line of a file.</param>
    /// <param name="where">The file, or the file and line, for the sentence.</param>
    /// <param name="fix">What to do where it is malformed, as an imperative.</param>
    /// <param name="options">What the parser lets pass.</param>
    /// <param name="isLine">Whether <paramref name="where"/> names the line already.</param>
    /// <returns>The document, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is empty, malformed, no UTF-8, holds half a character, or is a file of another kind.</exception>
    public static JsonDocument Parse(
        ReadOnlyMemory<byte> utf8, string where, string fix, JsonDocumentOptions options = default, bool isLine = false)
    {
        ArgumentNullException.ThrowIfNull(where);
        var json = utf8[ByteOrderMark.LengthIn(utf8.Span)..];
        if (!json.Span.ContainsAnyExcept(" \t\r\n"u8))
            throw new InputException(where, "is empty", fix);
        if (!isLine && ForeignContent.Find(json.Span) is var (problem, remedy))
            throw new InputException(where, problem, remedy);
        if (!Utf8.IsValid(json.Span))
        {
            throw new InputException(
                At(where, isLine, LinesBefore(json.Span, Invalid(json.Span))), "holds bytes that are not UTF-8", "save it as UTF-8");
        }

        try
        {
            // Before the document, which asks for the names where it looks for those that stand twice.
            RefuseHalfCharacters(json.Span, options, where, isLine);
            return JsonDocument.Parse(json, options);
        }
        catch (JsonException exception) when (isLine)
        {
            throw Fault(json.Span, where, exception);
        }
        catch (JsonException exception) when (JsonText.HoldsBareNonFinite(json.Span))
        {
            throw new InputException(At(where, isLine, exception.LineNumber ?? 0), "holds NaN or Infinity, which JSON does not have", fix);
        }
        catch (JsonException exception)
        {
            throw new InputException(
                exception.LineNumber is { } before ? At(where, isLine, before) : where,
                $"is not well-formed JSON ({JsonText.Reason(exception)})", fix);
        }
    }

    /// <summary>
    /// Parses the rest of a stream; see <see cref="Parse(ReadOnlyMemory{byte}, string, string, JsonDocumentOptions, bool)"/>.
    /// </summary>
    /// <param name="stream">The document, of at most 2 GiB.</param>
    /// <param name="where">The file, for the sentence.</param>
    /// <param name="fix">What to do where it is malformed, as an imperative.</param>
    /// <param name="options">What the parser lets pass.</param>
    /// <returns>The document, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is empty, malformed, no UTF-8, holds half a character, or is a file of another kind.</exception>
    public static JsonDocument Parse(Stream stream, string where, string fix, JsonDocumentOptions options = default) =>
        Parse(Rest(stream), where, fix, options);

    /// <summary>Parses a whole document that is an object.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="where">The file, for the sentence.</param>
    /// <param name="fix">What to do where it is malformed or something else, as an imperative.</param>
    /// <param name="options">What the parser lets pass.</param>
    /// <param name="otherwise">What is wrong where it is something else than an object.</param>
    /// <returns>The document, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is no object, or what
    /// <see cref="Parse(ReadOnlyMemory{byte}, string, string, JsonDocumentOptions, bool)"/> refuses.</exception>
    public static JsonDocument ParseObject(
        ReadOnlyMemory<byte> utf8, string where, string fix, JsonDocumentOptions options = default, string otherwise = NoObject)
    {
        var document = Parse(utf8, where, fix, options);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new InputException(where, otherwise, fix);
    }

    /// <summary>
    /// Parses the rest of a stream; see <see cref="ParseObject(ReadOnlyMemory{byte}, string, string, JsonDocumentOptions, string)"/>.
    /// </summary>
    /// <param name="stream">The document, of at most 2 GiB.</param>
    /// <param name="where">The file, for the sentence.</param>
    /// <param name="fix">What to do where it is malformed or something else, as an imperative.</param>
    /// <param name="options">What the parser lets pass.</param>
    /// <param name="otherwise">What is wrong where it is something else than an object.</param>
    /// <returns>The document, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is no object, or what
    /// <see cref="Parse(Stream, string, string, JsonDocumentOptions)"/> refuses.</exception>
    public static JsonDocument ParseObject(
        Stream stream, string where, string fix, JsonDocumentOptions options = default, string otherwise = NoObject) =>
        ParseObject(Rest(stream), where, fix, options, otherwise);

    /// <summary>Parses one line of a file of JSON lines.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="where">The file and the line, for the sentence.</param>
    /// <param name="options">What the parser lets pass.</param>
    /// <returns>The object, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is not one JSON object, no UTF-8, or holds half a character.</exception>
    public static JsonDocument ParseLine(ReadOnlyMemory<byte> line, string where, JsonDocumentOptions options = default)
    {
        var document = Parse(line, where, "write the line again", options, isLine: true);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw Fault(line.Span, where, malformed: null);
    }

    /// <summary>A copy of its own: the document goes on reading it.</summary>
    private static byte[] Rest(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static InputException Fault(ReadOnlySpan<byte> line, string where, JsonException? malformed)
    {
        var fault = JsonLineFault.Of(line, malformed);
        return new InputException(where, fault.Problem, fault.Fix);
    }

    private static void RefuseHalfCharacters(ReadOnlySpan<byte> json, JsonDocumentOptions options, string where, bool isLine)
    {
        // Only an escape can be half a character where the bytes are valid.
        if (json.IndexOf("\\u"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.CommentHandling,
            MaxDepth = options.MaxDepth,
        });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsWhole(ref reader))
            {
                var (problem, fix) = JsonText.NoText(json);
                throw new InputException(At(where, isLine, LinesBefore(json, (int)reader.TokenStartIndex)), problem, fix);
            }
        }
    }

    private static bool IsWhole(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int Invalid(ReadOnlySpan<byte> bytes)
    {
        var place = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[place..], out _, out var length) == System.Buffers.OperationStatus.Done)
            place += length;
        return place;
    }

    private static int LinesBefore(ReadOnlySpan<byte> bytes, int place) => bytes[..place].Count((byte)'\n');

    private static string At(string where, bool isLine, long linesBefore) => isLine ? where : $"{where} line {linesBefore + 1}";
}
