namespace Dimec.CommandLine.Parsing;

/// <summary>Where a tier answers, as an option names it.</summary>
public static class TierUrl
{
    /// <summary>Adds what <c>NAME=URL</c> says.</summary>
    /// <param name="urls">The URLs by tier.</param>
    /// <param name="option">The option.</param>
    /// <param name="given">What was given to it.</param>
    /// <param name="errors">Gets what is no URL, or comes twice.</param>
    /// <param name="several">Whether a tier may have several URLs, of which any will do.</param>
    public static void Add(
        ICollection<KeyValuePair<string, Uri>> urls, string option, string given, InputErrors errors, bool several = false)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(errors);
        var parts = given.Split('=', 2);
        if (parts.Length == 2)
            Add(urls, parts[0], parts[1], $"{option} {given}", errors, several);
        else
            errors.Add($"{option} {given}", "has no '='", "write NAME=URL");
    }

    /// <summary>Adds a tier's URL.</summary>
    /// <param name="urls">The URLs by tier.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="url">Its URL.</param>
    /// <param name="where">What an error calls the place where it was given.</param>
    /// <param name="errors">Gets what is no URL, or comes twice.</param>
    /// <param name="several">Whether a tier may have several URLs, of which any will do.</param>
    public static void Add(
        ICollection<KeyValuePair<string, Uri>> urls, string tier, string url, string where, InputErrors errors, bool several = false)
    {
        ArgumentNullException.ThrowIfNull(urls);
        ArgumentNullException.ThrowIfNull(errors);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            errors.Add(where, "is no URL", "write e.g. grpc://host:8001 or http://host:8000");
        else if (!several && urls.Any(known => known.Key == tier))
            errors.Add(where, $"names the tier '{tier}' a second time", "give each tier one URL");
        else
            urls.Add(KeyValuePair.Create(tier, uri));
    }
}
