using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Dimec.CommandLine.Serve;

/// <summary>
/// What a configuration file and the environment say of a tier's options, in ASP.NET Core's way: the section <c>Dimec</c> of a JSON file,
/// and variables such as <c>Dimec__QueueSize</c>, which go before the file. The command line goes before both.
/// </summary>
internal sealed class ServeConfiguration
{
    /// <summary>The section of the file, and what the names of variables begin with.</summary>
    public const string Section = "Dimec";

    private readonly Dictionary<string, (IReadOnlyList<string> Values, string Place)> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads file and environment.</summary>
    /// <param name="file">The file; null: none.</param>
    /// <param name="keys">The keys that there are.</param>
    /// <param name="errors">Gets what cannot be read, and keys that there are not.</param>
    public static ServeConfiguration Read(string? file, IReadOnlyList<string> keys, InputErrors errors)
    {
        var read = new ServeConfiguration();
        if (file is not null)
            read.Add(errors.Try(() => Opened(file)), keys, key => $"{file}: {Section}:{key}", errors);
        read.Add(
            new ConfigurationBuilder().AddEnvironmentVariables().Build(), keys,
            key => $"{Section}__{key.Replace(":", "__", StringComparison.Ordinal)}", errors);
        return read;
    }

    /// <summary>What is said of an option, and where; null: nothing.</summary>
    /// <param name="key">Its key.</param>
    public (IReadOnlyList<string> Values, string Place)? Of(string key) => _settings.TryGetValue(key, out var found) ? found : null;

    private static IConfigurationRoot Opened(string file)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
            throw new InputException(file, "does not exist", "name a JSON file, as --print-config writes one");
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path).Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                file, $"cannot be read ({(exception.InnerException ?? exception).Message.TrimEnd('.')})", "mend it, see --print-config");
        }
    }

    private void Add(IConfigurationRoot? source, IReadOnlyList<string> keys, Func<string, string> place, InputErrors errors)
    {
        foreach (var setting in source?.GetSection(Section).GetChildren() ?? [])
        {
            if (!keys.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(place(setting.Key), "is no option of a tier", $"give one of {string.Join(", ", keys)}");
                continue;
            }

            // A list by names, such as the addresses of tiers, is given on the command line as NAME=VALUE.
            string[] values = setting.Value is { } value
                ? [Plain(value)]
                : [.. setting.GetChildren().Select(one => $"{one.Key}={one.Value}")];
            _settings[setting.Key] = (values, place(setting.Key));
        }
    }

    /// <summary>Hosts that bind the same section write a time as 00:00:30; on the command line it is in seconds.</summary>
    private static string Plain(string value) =>
        value.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParseExact(value, "c", CultureInfo.InvariantCulture, out var time)
                ? time.TotalSeconds.ToString(CultureInfo.InvariantCulture)
                : value;
}
