using System.Globalization;
using Dimec.Training.Native;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Native;

public sealed class AllocatorTests
{
    /// <summary>
    /// As the tensors of a training step: asked for together, freed together, on a thread that is not the process's first.
    /// </summary>
    [Fact]
    public async Task WhatAStepFreesTheNextOneGetsWithoutAskingTheSystem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this is about glibc");
        Assert.SkipWhen(Allocator.HasOwnSetting(), "the user has set up glibc's allocator");
        const int Rounds = 40, Tensors = 6, Elements = 3_000_000;
        var faults = await Task.Run(
            () =>
            {
                Step(Tensors, Elements);
                var before = MinorFaults();
                for (var round = 0; round < Rounds; round++)
                    Step(Tensors, Elements);
                return MinorFaults() - before;
            },
            TestContext.Current.CancellationToken);
        var pages = (long)Rounds * Tensors * Elements * sizeof(float) / Environment.SystemPageSize;
        TestContext.Current.SendDiagnosticMessage($"{faults} page faults for {pages} pages");
        Assert.InRange(faults, 0, pages / 10);
    }

    private static void Step(int tensors, int elements)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < tensors; i++)
            _ = ones(elements);
    }

    /// <summary>The tenth field of <c>/proc/self/stat</c>, counted behind the program's name in parentheses.</summary>
    private static long MinorFaults() =>
        long.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[7], CultureInfo.InvariantCulture);
}
