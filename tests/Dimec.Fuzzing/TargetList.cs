using Dimec.Fuzzing.Files;
using Dimec.Fuzzing.Network;

namespace Dimec.Fuzzing;

/// <summary>All targets; each is made when it is asked for, as some hold a tier or a folder.</summary>
public static class TargetList
{
    /// <summary>What makes each target.</summary>
    public static IReadOnlyList<Func<FuzzTarget>> All { get; } =
    [
        () => new RestRequestTarget(),
        () => new GrpcRequestTarget(),
        () => new RestAnswerTarget(),
        () => new GrpcAnswerTarget(),
        () => new CodecTarget(),
        () => new TextTarget(),
        .. CoreTargets.All,
        .. RunTargets.All,
        .. TableTargets.All,
        () => new NgramTarget(),
        () => new SafetensorsTarget(),
        () => new OnnxTarget(),
        () => new TrustTarget(),
        () => new TokenizerTarget(),
        () => new CheckpointTarget(),
        () => new BundleTarget(),
        () => new LogTarget(),
    ];
}
