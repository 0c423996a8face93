using System.CommandLine;
using System.Globalization;
using DicomRn.Benchmarks.SideBySide;
using DicomRn.Learning.Torch;

namespace DicomRn.Benchmarks.Inference;

/// <summary>
/// <c>side-by-side infer</c>: passes of the shipped pack's transformer and of a ViT-B/16 at 96³ on the CPU, here, by ONNX Runtime and by PyTorch,
/// with the same weights and the same input, taking turns in one run on as many threads each. The outputs are to be equal to 1e-4.
/// </summary>
internal static class InferenceComparison
{
    private const double LargestDifference = 1e-4;

    // The threads of the one before have gone to sleep by then.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 7 };
        Option<int> threads = new("--threads") { Description = "Threads of each.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<double> seconds = new("--seconds") { Description = "About how long a turn takes.", DefaultValueFactory = _ => 1 };
        Option<int> batch = new("--batch") { Description = "Lesions a pass; the node computes them one by one.", DefaultValueFactory = _ => 1 };
        RootCommand command = new("Computes Vision Transformers with dicomrn, ONNX Runtime and PyTorch.") { rounds, threads, seconds, batch };
        command.SetAction((a, token) => CompareAsync(
            a.GetValue(rounds), a.GetValue(threads), a.GetValue(seconds), a.GetValue(batch), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(int rounds, int threads, double seconds, int batch, TextWriter output, CancellationToken cancellationToken)
    {
        TorchRuntime.SetThreads(threads);
        string folder = Directory.CreateTempSubdirectory("dicomrn-infer-").FullName;
        try
        {
            foreach (InferenceCase what in new[] { InferenceCase.Shipped(Path.Combine(folder, "pack"), batch), InferenceCase.Base(Path.Combine(folder, "base"), batch) })
            {
                using PyTorchInference torch = PyTorchInference.Start(what, threads);
                using OwnInference own = new(what, withAttention: false), maps = new(what, withAttention: true);
                using OnnxInference onnx = new(what, threads);
                IInferenceContestant[] contestants = [own, maps, onnx, torch];
                await output.WriteLineAsync($"{what.Name}, {threads} threads; largest difference of the outputs {Difference(contestants).ToString("G2", CultureInfo.InvariantCulture)}");
                int passes = Math.Max(1, (int)(seconds / own.Run(1)));
                Contest contest = new(own.Name, "lesions/s");
                List<double> ratios = [];
                for (int round = -1; round < rounds; round++)
                {
                    double[] rates = new double[contestants.Length];
                    for (int n = 0; n < rates.Length; n++)
                    {
                        await Task.Delay(Pause, cancellationToken);
                        rates[n] = passes * batch / contestants[n].Run(passes);
                    }

                    if (round < 0)
                        continue;
                    for (int n = 0; n < rates.Length; n++)
                        contest.Add(contestants[n].Name, rates[n]);
                    ratios.Add(rates[0] / Math.Max(rates[2], rates[3]));
                }

                contest.Write(output);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"dicomrn against the faster of the two others in the same round: {ratios.Min():F2} to {ratios.Max():F2}, median {ratios.Order().ElementAt(ratios.Count / 2):F2}\n"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Between the first and any other.</summary>
    /// <exception cref="InvalidOperationException">They do not compute the same.</exception>
    private static double Difference(IInferenceContestant[] contestants)
    {
        float[] expected = contestants[0].Output();
        double largest = 0;
        foreach (IInferenceContestant other in contestants[1..])
        {
            float[] actual = other.Output();
            if (actual.Length != expected.Length)
                throw new InvalidOperationException($"{other.Name} gives {actual.Length} values, {contestants[0].Name} {expected.Length}.");
            double difference = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
            if (!(difference <= LargestDifference))
                throw new InvalidOperationException($"{other.Name} differs from {contestants[0].Name} by {difference:G3}.");
            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
