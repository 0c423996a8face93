using BenchmarkDotNet.Running;
using DicomRn.Benchmarks.Inference;
using DicomRn.Benchmarks.Masks;
using DicomRn.Benchmarks.Registration;
using DicomRn.Benchmarks.SideBySide;

// "side-by-side …" compares with other programs in one run; anything else is BenchmarkDotNet's own command line.
if (args is ["side-by-side", string what, .. string[] rest])
{
    return what switch
    {
        "receive" => await ReceiveComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "parse" => await ParseComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "decode" => await DecodeComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "send" => await SendComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "associations" => await AssociationComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "memory" => await MemoryComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "register" => await RegistrationComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "register-gates" => await GateCampaign.RunAsync(rest, Console.Out, CancellationToken.None),
        "infer" => await InferenceComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        "masks" => await MaskComparison.RunAsync(rest, Console.Out, CancellationToken.None),
        _ => throw new ArgumentException($"side-by-side receive, parse, decode, send, associations, memory, register, register-gates, masks or infer, not {what}."),
    };
}

// In this process: the programs that BenchmarkDotNet would build for each benchmark lack the folder of libtorch beside them.
BenchmarkSwitcher.FromAssembly(typeof(ReceiveComparison).Assembly).Run([.. args, "--inProcess"]);
return 0;
