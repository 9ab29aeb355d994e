using System.Text.Unicode;
using Dimec.Files;

namespace Dimec.Text.Tasks;

/// <summary>Errors that every row format has in common.</summary>
internal static class RowErrors
{
    /// <summary>After this many errors the rest of a file teaches the user nothing new.</summary>
    public const int Most = 20;

    public static string Where(string path, int line) => $"{path} line {line}";

    public static bool IsText(ReadOnlySpan<byte> line, string path, int number, InputErrors errors)
    {
        if (Utf8.IsValid(line))
            return true;
        errors.Add(Where(path, number), "is not valid UTF-8", "save the file as UTF-8");
        return false;
    }

    public static bool HasLabel(string label, string path, int number, InputErrors errors)
    {
        if (label.Length > 0)
            return true;
        errors.Add(
            Where(path, number), "has an empty label",
            $"give the row a label, remove it, or leave such rows out with {ReaderOptionNames.DropLabel} \"\"");
        return false;
    }

    /// <summary>Says that there may be more to mend than was found, where the reading ended at <see cref="Most"/> errors.</summary>
    public static void CheckEnd(in LineCursor cursor, string path, int before, InputErrors errors)
    {
        if (errors.Count - before >= Most && !cursor.IsAtEnd)
        {
            errors.Add(
                Where(path, cursor.Number), $"was the last to be read, after {errors.Count - before} mistakes",
                "mend them and run again to see whether there are more");
        }
    }

    /// <summary>Whether nothing but white space stands in a file.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> bytes) => !ByteOrderMark.Skip(bytes).ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>Reports a file without rows, unless something else was already found wrong with it.</summary>
    public static void CheckRows(RowFile file, ReadOnlySpan<byte> bytes, int before, InputErrors errors)
    {
        if (file.Rows.Count > 0 || errors.Count > before)
            return;
        if (IsBlank(bytes))
        {
            errors.Add(file.Path, "is empty", "give a file with rows");
        }
        else if (file.Dropped > 0)
        {
            errors.Add(
                file.Path, $"has no row left: all {file.Dropped} have the label that {ReaderOptionNames.DropLabel} leaves out",
                "give a file with labels");
        }
        else if (file.Skipped > 0)
        {
            errors.Add(file.Path, $"has no usable row: all {file.Skipped} are short of columns", "check that the file is the task's own");
        }
        else
        {
            errors.Add(file.Path, "has a header but no rows", $"add rows, or say {ReaderOptionNames.NoHeader} if the first line is one");
        }
    }
}
