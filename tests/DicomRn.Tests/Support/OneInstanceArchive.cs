using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Support;

/// <summary>An archive on 127.0.0.1 that has one instance, answers queries with it, and delivers it; over mutual TLS where it is given certificates.</summary>
internal sealed class OneInstanceArchive : IDisposable
{
    private readonly IDicomServer _server;
    private readonly TestCertificate? _own;

    /// <param name="own">Its certificate; null for plain connections.</param>
    /// <param name="caller">The only certificate it takes from a caller, and finds where it calls itself; null for none or any.</param>
    public OneInstanceArchive(TestCertificate? own = null, TestCertificate? caller = null)
    {
        _own = own;
        Caller = caller;
        DefaultTlsAcceptor? tls = own is null
            ? null
            : new DefaultTlsAcceptor(own.Certificate)
            {
                RequireMutualAuthentication = caller is not null,
                CertificateValidationCallback = (_, shown, _, _) => caller is null || IsCaller(shown),
            };
        _server = DicomServerFactory.Create<OneInstanceScp>("127.0.0.1", 0, tls, userState: this);
    }

    /// <summary>How it is called on a command line.</summary>
    public string Address => $"ARCHIVE@127.0.0.1:{_server.Port}";

    /// <summary>Where it delivers what is moved, and reports commitment; null reports on the association of the request.</summary>
    public int? ReversePort { get; init; }

    /// <summary>Whether it first tries to do so in plain.</summary>
    public bool TriesInPlain { get; init; }

    /// <summary>How calling in plain ended.</summary>
    public Exception? PlainFailure { get; private set; }

    /// <summary>Answers no C-STORE until it is disposed.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Ends when the archive is disposed.</summary>
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DicomDataset Instance { get; } = new()
    {
        { DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage },
        { DicomTag.SOPInstanceUID, "1.2.826.0.1.3680043.8.1055.71" },
        { DicomTag.StudyInstanceUID, "1.2.826.0.1.3680043.8.1055.7" },
        { DicomTag.SeriesInstanceUID, "1.2.826.0.1.3680043.8.1055.70" },
        { DicomTag.PatientID, "ARCHIVED" },
    };

    private TestCertificate? Caller { get; }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Calls who called it, at <see cref="ReversePort"/>.</summary>
    public async Task CallBackAsync(Func<DicomRequest> request, CancellationToken cancellationToken)
    {
        if (TriesInPlain)
            PlainFailure = await Record.ExceptionAsync(() => SendAsync(request(), null, cancellationToken));
        await SendAsync(request(), _own is null ? null : Initiator(_own), cancellationToken);
    }

    public void Dispose()
    {
        Over.TrySetResult();
        _server.Dispose();
    }

    private async Task SendAsync(DicomRequest request, ITlsInitiator? tls, CancellationToken cancellationToken)
    {
        IDicomClient client = DicomClientFactory.Create(
            "127.0.0.1", ReversePort ?? throw new InvalidOperationException("There is no port to call."), tls, "ARCHIVE", "DICOMRN");
        if (request is DicomNEventReportRequest)
        {
            client.AdditionalPresentationContexts.Add(DicomPresentationContext.GetScpRolePresentationContext(
                DicomUID.StorageCommitmentPushModel, DicomTransferSyntax.ExplicitVRLittleEndian));
        }

        await client.AddRequestAsync(request);
        await client.SendAsync(cancellationToken);
    }

    private DefaultTlsInitiator Initiator(TestCertificate own) => new()
    {
        Certificates = [own.Certificate],
        CertificateValidationCallback = (_, shown, _, _) => IsCaller(shown),
    };

    private bool IsCaller(X509Certificate? shown) => shown?.GetCertHashString() == Caller?.Certificate.GetCertHashString();
}
