using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Audit;

/// <summary>
/// Sends the audit trail's files to a syslog server, from where it came to the last time: while the server is not there, the
/// files keep what it has to get.
/// </summary>
internal sealed class SyslogSender : BackgroundService
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly AuditOptions _options;
    private readonly AuditFiles _files;
    private readonly TimeProvider _timeProvider;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly Alarm _alarm;
    private AuditCursor _cursor = AuditCursor.Start;

    public SyslogSender(
        AuditOptions options, AuditTrail trail, AuditFiles files, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        _options = options;
        _files = files;
        _timeProvider = timeProvider;
        _loggers = loggers;
        _logger = loggers.CreateLogger("DicomRn.Node.Audit");
        _alarm = new Alarm(timeProvider);
        trail.Written += _alarm.Ring;
    }

    private string CursorFile => Path.Combine(_files.Folder, "syslog.cursor");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
            return;
        if (_options.Syslog is not { } server)
        {
            await PruneAsync(stoppingToken);
            return;
        }

        string name = $"{server.Host}:{server.EffectivePort} ({server.Transport})";
        TimeSpan delay = server.RetryDelay;
        _cursor = AuditCursor.Read(CursorFile);
        while (true)
        {
            try
            {
                using SyslogConnection connection = await SyslogConnection.OpenAsync(server, _loggers, stoppingToken);
                AuditLog.Connected(_logger, name);
                connection.WhenClosed(_alarm.Ring);
                while (true)
                {
                    connection.Demand();
                    await SendAllAsync(connection, () => delay = server.RetryDelay, stoppingToken);
                    _files.Prune(file => string.CompareOrdinal(Path.GetFileName(file), _cursor.File) < 0);
                    await _alarm.WaitAsync(null, stoppingToken);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or AuthenticationException or CertificateException)
            {
                AuditLog.NotSent(_logger, name, delay, e.Message);
                await Task.Delay(delay, _timeProvider, stoppingToken);
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
    }

    private async Task PruneAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromHours(1), _timeProvider);
        do
            _files.Prune(_ => true);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SendAllAsync(SyslogConnection connection, Action sent, CancellationToken cancellationToken)
    {
        foreach (string file in _files.List())
        {
            string name = Path.GetFileName(file);
            int order = string.CompareOrdinal(name, _cursor.File);
            if (order < 0)
                continue;
            if (order > 0)
                _cursor = new AuditCursor(name, 0);
            await SendFileAsync(file, connection, sent, cancellationToken);
        }
    }

    private async Task SendFileAsync(string file, SyslogConnection connection, Action sent, CancellationToken cancellationToken)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = Math.Min(_cursor.Offset, stream.Length);
        using StreamReader reader = new(stream, new UTF8Encoding(false));
        string rest = await reader.ReadToEndAsync(cancellationToken);
        AuditCursor before = _cursor;
        try
        {
            for (int at = 0, end; (end = rest.IndexOf('\n', at)) >= 0; at = end + 1)
            {
                string line = rest[at..end];
                if (line.StartsWith("<AuditMessage", StringComparison.Ordinal) && line.EndsWith("</AuditMessage>", StringComparison.Ordinal))
                    await connection.SendAsync(SyslogMessage.Of(line), cancellationToken);
                else if (line.Length > 0)
                    AuditLog.BrokenLine(_logger, file);
                _cursor = _cursor with { Offset = _cursor.Offset + Encoding.UTF8.GetByteCount(line) + 1 };
                sent();
            }
        }
        finally
        {
            if (_cursor != before || _cursor.Offset == 0)
                _cursor.Write(CursorFile);
        }
    }
}
