using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn serve</c>: the node, in a console, as a Windows service or under systemd.</summary>
internal sealed class ServeCommand : ProgramCommand
{
    private readonly SettingsArguments _settings = new();

    public ServeCommand(CommandConsole console)
        : base(console, "serve", "Runs the node until it is stopped (console, Windows service, systemd).")
    {
        _settings.AddTo(this);
        AddExample("serve --config /etc/dicomrn/appsettings.json", "as the systemd unit does");
        AddExample("serve --set Node:Port=11112 --set Node:AcceptUnknownPeers=true", "for a first try");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        NativeHeap.Limit();
        IConfigurationRoot configuration = _settings.Gather(arguments);
        NodeSettings settings = NodeSettings.Read(configuration);
        await using NodeHost node = await NodeHost.CreateAsync(
            settings,
            logging =>
            {
                logging.AddConfiguration(configuration.GetSection("Logging"));
                LogOutput.AddTo(logging);
            },
            services => services.AddSystemd().AddWindowsService(service => service.ServiceName = "DicomRn"),
            cancellationToken);
        await node.StartAsync(cancellationToken);
        await node.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }
}
