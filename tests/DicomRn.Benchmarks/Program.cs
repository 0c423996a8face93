using BenchmarkDotNet.Running;
using DicomRn.Benchmarks.SideBySide;

// "side-by-side receive …" compares with other programs in one run; anything else is BenchmarkDotNet's own command line.
if (args is ["side-by-side", "receive", .. string[] rest])
    return await ReceiveComparison.RunAsync(rest, Console.Out, CancellationToken.None);

BenchmarkSwitcher.FromAssembly(typeof(ReceiveComparison).Assembly).Run(args);
return 0;
