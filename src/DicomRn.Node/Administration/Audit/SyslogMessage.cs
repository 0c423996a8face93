using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DicomRn.Node.Administration.Audit;

/// <summary>An audit message as a syslog message (RFC 5424 with the values of PS3.15 A.6).</summary>
internal static partial class SyslogMessage
{
    // Facility 10, security and authorization, severity 5, normal but significant.
    private const int Priority = 10 * 8 + 5;

    /// <summary>The bytes of the message.</summary>
    /// <param name="xml">A line of the audit trail.</param>
    public static byte[] Of(string xml)
    {
        string time = EventTime().Match(xml) is { Success: true } match ? match.Groups[1].Value : "-";
        string header = string.Create(
            CultureInfo.InvariantCulture,
            $"<{Priority}>1 {time} {HostName()} dicomrn {Environment.ProcessId} DICOM+RFC3881 - ");
        return [.. Encoding.ASCII.GetBytes(header), .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(xml)];
    }

    /// <summary>The message with its length in front, for a stream (RFC 5425 4.3).</summary>
    public static byte[] Frame(byte[] message) =>
        [.. Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " "), .. message];

    private static string HostName() => new([.. Dns.GetHostName().Where(c => c is > ' ' and <= '~').Take(255).DefaultIfEmpty('-')]);

    [GeneratedRegex("EventDateTime=\"([^\"]+)\"")]
    private static partial Regex EventTime();
}
