using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn receive</c>: a plain storage SCP.</summary>
internal sealed class ReceiveCommand : ProgramCommand
{
    private readonly Option<int> _port = new("--port") { Description = "The port to listen on; 0 takes a free one.", Required = true };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "The folder for the files, one per instance, named by its SOP Instance UID.",
        Required = true,
    };

    private readonly Option<string?> _aeTitle = new("--ae") { Description = "The AE title callers must use; any where absent." };

    private readonly Option<string> _address = BindAddress.CreateOption();

    private readonly Option<string> _sync = new("--sync")
    {
        Description =
            "What is durable before an instance is acknowledged. file: the file and its name, synced one by one. "
            + "log: a log below the folder, one sync for all who wait, from which the files are written soon after. "
            + "none: nothing, the system writes them when it likes.",
        DefaultValueFactory = _ => "file",
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Tell every association and instance." };

    private readonly TlsArguments _tls = new();

    public ReceiveCommand(CommandConsole console)
        : base(console, "receive", "Receives instances from anyone into a folder (storage SCP).")
    {
        _sync.AcceptOnlyFromAmong("none", "file", "log");
        _port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() is < 0 or > 65535)
                result.AddError("--port takes a number from 0 to 65535.");
        });
        Add(_port);
        Add(_output);
        Add(_aeTitle);
        Add(_address);
        Add(_sync);
        Add(_verbose);
        _tls.AddToListener(this);
        AddExample("receive --port 11112 --output received", "until Ctrl-C");
        AddExample("receive --port 2762 --output received --tls-cert pacs.pem --tls-key pacs.key --tls-ca ca.pem", "over mutual TLS");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LogOutput.Create(arguments.GetValue(_verbose) ? LogLevel.Debug : LogLevel.Warning);
        long received = 0;
        FolderReceiverSettings settings = new()
        {
            Folder = arguments.GetRequiredValue(_output).FullName,
            Port = arguments.GetValue(_port),
            BindAddress = arguments.GetRequiredValue(_address),
            AeTitle = arguments.GetValue(_aeTitle),
            Sync = Enum.Parse<ReceiveDurability>(arguments.GetRequiredValue(_sync), ignoreCase: true),
            Tls = _tls.CreateServerOptions(arguments),
        };
        await using (FolderReceiver receiver = FolderReceiver.Start(settings, _ => Interlocked.Increment(ref received), loggers))
        {
            await Console.Error.WriteLineAsync($"Listening on {settings.BindAddress}:{receiver.Port}; Ctrl-C ends.");
            await Interruption.WaitAsync(cancellationToken);
        }

        await Console.Output.WriteLineAsync($"{Interlocked.Read(ref received)} instances received.");
        return ExitCode.Success;
    }
}
