using System.Text.RegularExpressions;

namespace Dimec.EndToEnd.Tests.Traced;

/// <summary>What a process and its threads asked of the system, as strace wrote it down.</summary>
internal sealed partial class SystemCalls
{
    private readonly string[] _lines;

    private SystemCalls(string[] lines) => _lines = lines;

    /// <summary>Calls by which a name is looked up: whoever asks a server reads first which one, or asks the system's cache.</summary>
    public IEnumerable<string> LookUps => _lines.Where(line => Resolver().IsMatch(line));

    /// <summary>Reads a trace, of which the last line may be half written.</summary>
    public static SystemCalls Read(string trace)
    {
        using var reader = new StreamReader(new FileStream(trace, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return new SystemCalls(reader.ReadToEnd().Split('\n'));
    }

    /// <summary>Connections and messages to anything but these ports of this machine.</summary>
    public IEnumerable<string> Strangers(params int[] ports) =>
        _lines.Where(line => Address().Match(line) is { Success: true } address
            && !ports.Any(port => address.Groups["port"].Value == $"{port}" && line.Contains("127.0.0.1", StringComparison.Ordinal)));

    /// <summary>Calls that make or move a file or folder anywhere but in these folders.</summary>
    public IEnumerable<string> Made(params string[] folders) =>
        _lines.Where(line => Making().IsMatch(line) && !folders.Any(folder => line.Contains($"\"{folder}", StringComparison.Ordinal)));

    /// <summary>Files that were opened whose names begin so.</summary>
    public IEnumerable<string> Opened(string name) =>
        _lines.Where(line => line.Contains("open", StringComparison.Ordinal)
            && line.Contains($"/{name}", StringComparison.Ordinal) && !line.Contains(" = -1 ", StringComparison.Ordinal));

    [GeneratedRegex("""/etc/(resolv\.conf|hosts|nsswitch\.conf)"|/nscd/socket|/resolve/|htons\(53\)""")]
    private static partial Regex Resolver();

    [GeneratedRegex(@"^\d+ +(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=(?!AF_NETLINK)(?:.*?_port=htons\((?<port>\d+)\))?")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\d+ +(creat|mk|rename|link|symlink|open(at)?\(.*O_CREAT)")]
    private static partial Regex Making();
}
