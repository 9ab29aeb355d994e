using Dimec.Files;

namespace Dimec.Text.Tasks;

/// <summary>What is wrong with a file's bytes as a whole, before any of its lines is looked at.</summary>
internal static class FileText
{
    /// <summary>Adds what is wrong.</summary>
    /// <returns>False where there is no use in reading lines.</returns>
    public static bool Check(SourceFile file, InputErrors errors)
    {
        if (ForeignContent.Find(file.Bytes) is var (problem, fix))
        {
            errors.Add(file.Path, problem, fix);
            return false;
        }

        var content = file.Bytes.AsSpan().TrimEnd("\r\n"u8);
        if (content.Contains((byte)'\n') || !content.Contains((byte)'\r'))
            return true;
        errors.Add(file.Path, "has lines that end with CR alone", "save it with LF or CR LF at the ends of lines");
        return false;
    }
}
