using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Extensions;
using Dimec.Serving.Models;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Grpc;

/// <summary>What Triton's clients ask for beyond the protocol, but for streams.</summary>
/// <param name="tier">The tier.</param>
/// <param name="log">Its log.</param>
internal abstract class GrpcExtensionService(TierService tier, ILogger<TierService> log) : GRPCInferenceService.GRPCInferenceServiceBase
{
    public override Task<ModelConfigResponse> ModelConfig(ModelConfigRequest request, ServerCallContext context) =>
        Guard(() => new ModelConfigResponse { Config = tier.Configuration(tier.Find(request.Name, request.Version)) });

    public override Task<ModelStatisticsResponse> ModelStatistics(ModelStatisticsRequest request, ServerCallContext context) =>
        Guard(() => tier.Statistics(request.Name, request.Version));

    public override Task<RepositoryIndexResponse> RepositoryIndex(RepositoryIndexRequest request, ServerCallContext context) =>
        Guard(() => request.RepositoryName.Length == 0 ? Extensions.RepositoryIndex.Of(tier, request.Ready) : throw NotDone.Repositories);

    public override async Task<RepositoryModelLoadResponse> RepositoryModelLoad(
        RepositoryModelLoadRequest request, ServerCallContext context)
    {
        await Guard(() => request.RepositoryName.Length > 0 ? throw NotDone.Repositories
            : request.Parameters.Count > 0 ? throw NotDone.LoadingOf
            : request);
        return await GrpcGuard.RunAsync(log, async () =>
        {
            await tier.LoadAsync(request.ModelName, context.CancellationToken);
            return new RepositoryModelLoadResponse();
        });
    }

    public override Task<RepositoryModelUnloadResponse> RepositoryModelUnload(
        RepositoryModelUnloadRequest request, ServerCallContext context) => Refuse<RepositoryModelUnloadResponse>(
            request.RepositoryName.Length > 0 ? NotDone.Repositories : NotDone.Unloading);

    public override Task<SystemSharedMemoryStatusResponse> SystemSharedMemoryStatus(
        SystemSharedMemoryStatusRequest request, ServerCallContext context) =>
        Guard(() => request.Name.Length == 0 ? new SystemSharedMemoryStatusResponse() : throw NotDone.Region);

    public override Task<SystemSharedMemoryRegisterResponse> SystemSharedMemoryRegister(
        SystemSharedMemoryRegisterRequest request, ServerCallContext context) =>
        Refuse<SystemSharedMemoryRegisterResponse>(NotDone.SharedMemory);

    public override Task<SystemSharedMemoryUnregisterResponse> SystemSharedMemoryUnregister(
        SystemSharedMemoryUnregisterRequest request, ServerCallContext context) =>
        Task.FromResult(new SystemSharedMemoryUnregisterResponse());

    public override Task<CudaSharedMemoryStatusResponse> CudaSharedMemoryStatus(
        CudaSharedMemoryStatusRequest request, ServerCallContext context) =>
        Guard(() => request.Name.Length == 0 ? new CudaSharedMemoryStatusResponse() : throw NotDone.Region);

    public override Task<CudaSharedMemoryRegisterResponse> CudaSharedMemoryRegister(
        CudaSharedMemoryRegisterRequest request, ServerCallContext context) =>
        Refuse<CudaSharedMemoryRegisterResponse>(NotDone.SharedMemory);

    public override Task<CudaSharedMemoryUnregisterResponse> CudaSharedMemoryUnregister(
        CudaSharedMemoryUnregisterRequest request, ServerCallContext context) =>
        Task.FromResult(new CudaSharedMemoryUnregisterResponse());

    public override Task<TraceSettingResponse> TraceSetting(TraceSettingRequest request, ServerCallContext context) => Guard(() =>
    {
        if (request.ModelName.Length > 0)
            tier.Find(request.ModelName, "");
        return request.Settings.Count == 0 ? ServerSettings.Trace : throw NotDone.Tracing;
    });

    public override Task<LogSettingsResponse> LogSettings(LogSettingsRequest request, ServerCallContext context) =>
        Guard(() => request.Settings.Count == 0 ? ServerSettings.Log(log) : throw NotDone.Logging);

    /// <summary>Answers a call that waits for nothing.</summary>
    /// <exception cref="RpcException">There is no answer.</exception>
    protected Task<T> Guard<T>(Func<T> answer) => GrpcGuard.Run(log, answer);

    private static Task<T> Refuse<T>(ProtocolException refusal) => throw GrpcStatuses.Exception(refusal);
}
