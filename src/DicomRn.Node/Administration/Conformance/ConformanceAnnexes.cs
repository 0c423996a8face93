using System.Globalization;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Administration.Conformance;

/// <summary>Interfaces, security, character sets and created objects of the conformance statement.</summary>
internal sealed class ConformanceAnnexes(ConformanceText text, NodeSettings settings)
{
    // PS3.3 C.12.1.1.2.
    private const string CharacterSets =
        "ISO_IR 6, 13, 100, 101, 109, 110, 126, 127, 138, 144, 148, 166, 192 and 203, ISO 2022 IR 6, 13, 58, 87, 100, 101, 109, 110, 126, 127, 138, 144, 148, 149, "
        + "159, 166 and 203, GB18030 and GBK";

    public void Write()
    {
        NodeOptions node = settings.Node;
        text.Heading(2, "6 Network interfaces");
        string[][] ports =
        [
            .. node.ListensPlain ? [["without TLS", Number(node.Port)]] : Array.Empty<string[]>(),
            .. node.Tls.Port is { } secured ? [["with TLS", Number(secured)]] : Array.Empty<string[]>(),
        ];
        text.Table(["Port", "TCP"], ports);
        text.Paragraph($"TCP/IP (IPv4 and IPv6) over every physical medium of the machine; listens on {node.BindAddress}.");

        text.Heading(2, "7 Configuration");
        text.Paragraph(
            "AE titles, hosts, ports, limits and timeouts are settings of `appsettings.json`, the environment or the command line; each is described in that file. "
            + "By default connecting and the answer to an association request may each take 10 s, the answer to a request 1 min; per peer by `AssociationTimeout` and `ResponseTimeout`.");

        Security();

        text.Heading(2, "9 Character sets");
        text.Paragraph($"Read: {CharacterSets}. Written: ISO_IR 192 (UTF-8).");
        Objects();
    }

    private void Security()
    {
        TlsServerOptions tls = settings.Node.Tls;
        text.Heading(2, "8 Security");
        text.Paragraph(
            "BCP 195 TLS Secure Transport Connection Profile (PS3.15 B.12): TLS 1.2 and 1.3, per peer and port by settings, certificates from PEM files or the "
            + "system's store, mutual authentication where demanded. "
            + (tls.Port is null
                ? "With these settings no secured port is open."
                : $"With these settings the secured port takes {(tls.MinimumVersion == TlsVersion.Tls13 ? "TLS 1.3" : "TLS 1.2 and 1.3")}; a caller's certificate: {tls.ClientCertificate}."));
        if (Bcp195.CipherSuites is { } suites && OperatingSystem.IsLinux())
            text.Table(["Cipher suites, most wanted first"], suites.AllowedCipherSuites.Select(s => new[] { $"{s}" }));
        else
            text.Paragraph("Cipher suites: by the policy of the operating system.");
        text.Paragraph("Audit messages (PS3.15 A.5) of starts, associations of strangers, received studies, results and administration go to files and, by setting, to a syslog server over TLS or UDP.");
    }

    private void Objects()
    {
        text.Heading(2, "10 Created objects");
        text.Table(["Object", "Content"],
        [
            ["Comprehensive 3D SR", "template TID 1500, Measurement Report: one measurement group per lesion with tracking UID, finding, probability, volume and references; the same tracking UID in every study of the patient"],
            ["Segmentation", "binary; a segment per lesion on the grid of the T1-weighted image with contrast agent"],
            ["Secondary Capture", "RGB pictures of the T1-weighted image with a lesion's attention over it"],
            ["Spatial Registration", "where contours were carried over from another frame of reference"],
        ]);
        text.Paragraph(
            "Results belong to the study that they are of: patient and study modules are copied from it. They have no private attributes. Received instances are kept "
            + "and sent on nowhere; nothing in them is changed.");
    }

    private static string Number(int value) => value == 0 ? "a free one" : value.ToString(CultureInfo.InvariantCulture);
}
