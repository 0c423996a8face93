using BenchmarkDotNet.Running;
using DicomRn.Benchmarks.SideBySide;

// "side-by-side receive …" and "side-by-side parse …" compare with other programs in one run; anything else is BenchmarkDotNet's own command line.
if (args is ["side-by-side", "receive", .. string[] rest])
    return await ReceiveComparison.RunAsync(rest, Console.Out, CancellationToken.None);
if (args is ["side-by-side", "parse", .. string[] files])
    return await ParseComparison.RunAsync(files, Console.Out, CancellationToken.None);

// In this process: the programs that BenchmarkDotNet would build for each benchmark lack the folder of libtorch beside them.
BenchmarkSwitcher.FromAssembly(typeof(ReceiveComparison).Assembly).Run([.. args, "--inProcess"]);
return 0;
