using BenchmarkDotNet.Running;
using DicomRn.Benchmarks.SideBySide;

// "side-by-side receive …", "… parse …" and "… decode …" compare with other programs in one run; anything else is BenchmarkDotNet's own
// command line.
if (args is ["side-by-side", "receive", .. string[] receive])
    return await ReceiveComparison.RunAsync(receive, Console.Out, CancellationToken.None);
if (args is ["side-by-side", "parse", .. string[] parse])
    return await ParseComparison.RunAsync(parse, Console.Out, CancellationToken.None);
if (args is ["side-by-side", "decode", .. string[] decode])
    return await DecodeComparison.RunAsync(decode, Console.Out, CancellationToken.None);

// In this process: the programs that BenchmarkDotNet would build for each benchmark lack the folder of libtorch beside them.
BenchmarkSwitcher.FromAssembly(typeof(ReceiveComparison).Assembly).Run([.. args, "--inProcess"]);
return 0;
