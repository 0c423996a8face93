using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;

namespace DicomRn.Tests.Commands;

public sealed class ModelTrainCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_trial_run_writes_a_pack_that_verifies_and_refuses_to_go_on_with_other_options()
    {
        CommandLineRun run = await TrainAsync(seed: 1);

        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("lesion volume alone", run.Output, StringComparison.Ordinal);
        Assert.Contains("validation AUC", run.Error, StringComparison.Ordinal);
        CommandLineRun verified = await CommandLineRun.OfAsync("model", "verify", "trial", "--models", Path.Combine(_folder, "models"));
        Assert.True(verified.ExitCode == ExitCode.Success, verified.Error);

        CommandLineRun other = await TrainAsync(seed: 2);

        Assert.Equal(ExitCode.JobFailed, other.ExitCode);
        Assert.Contains("other options", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fewer_patients_than_a_batch_is_wrong_usage()
    {
        CommandLineRun run = await CommandLineRun.OfAsync(
            "model", "train", "--output", _folder, "--run", _folder, "--patients", "8", "--batch-size", "16");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("--batch-size", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandLineRun> TrainAsync(int seed) => CommandLineRun.OfAsync(
        "model", "train", "--output", Path.Combine(_folder, "models"), "--run", Path.Combine(_folder, "run"), "--name", "trial",
        "--patients", "16", "--validation", "16", "--test", "12", "--epochs", "1", "--batch-size", "8", "--seed", seed.ToString());
}
