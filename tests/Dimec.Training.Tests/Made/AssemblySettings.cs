using Xunit.Sdk;
using Xunit.v3;

// libtorch's thread count belongs to the process; tests that compare bits must not change it under each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Dimec.Training.Tests.Made.LoadedTorch))]
