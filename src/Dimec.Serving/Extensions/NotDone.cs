using Dimec.OpenInference;

namespace Dimec.Serving.Extensions;

/// <summary>What Triton's clients may ask for and a tier does not do.</summary>
internal static class NotDone
{
    /// <summary>A model is to be loaded from what the request brings.</summary>
    public static ProtocolException LoadingOf => Of(
        "a tier loads what is deployed in its own folder, and takes no models or settings over the protocol; load without parameters");

    /// <summary>A model is to be unloaded.</summary>
    public static ProtocolException Unloading => Of(
        "a tier serves one bundle as long as it runs; deploy another one in its place, or stop the tier");

    /// <summary>Memory is to be shared.</summary>
    public static ProtocolException SharedMemory => Of("no memory is shared with this server; send the data itself with each request");

    /// <summary>What is traced is to be changed.</summary>
    public static ProtocolException Tracing => Of(
        "this server writes no traces; time the calls where they are made, or ask for statistics");

    /// <summary>What is logged is to be changed.</summary>
    public static ProtocolException Logging => Of("what this server logs is set where it is started, and not over the protocol");

    /// <summary>A repository is named.</summary>
    public static ProtocolException Repositories => Of("this server has one repository, without a name; leave repository_name out");

    /// <summary>There is no such region.</summary>
    public static ProtocolException Region => new(
        ProtocolStatus.NotFound, "there is no such region: no memory is shared with this server");

    private static ProtocolException Of(string sentence) => new(ProtocolStatus.Unsupported, sentence);
}
