using BenchmarkDotNet.Running;
using DicomRn.Benchmarks.SideBySide;

// "side-by-side receive …" compares with other programs in one run; anything else is BenchmarkDotNet's own command line.
if (args is ["side-by-side", "receive", .. string[] rest])
    return await ReceiveComparison.RunAsync(rest, Console.Out, CancellationToken.None);

// In this process: the programs that BenchmarkDotNet would build for each benchmark lack the folder of libtorch beside them.
BenchmarkSwitcher.FromAssembly(typeof(ReceiveComparison).Assembly).Run([.. args, "--inProcess"]);
return 0;
