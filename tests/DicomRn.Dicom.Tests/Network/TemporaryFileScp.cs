using System.Text;
using DicomRn.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>A storage SCP that keeps every default.</summary>
internal sealed class TemporaryFileScp(
    INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCStoreProvider
{
    public static List<string> Seen { get; } = [];

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (DicomPresentationContext context in association.PresentationContexts)
            context.AcceptTransferSyntaxes(DicomTransferSyntax.ExplicitVRLittleEndian);
        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception? exception)
    {
    }

    public Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        string path = request.File!.File!.Name;
        Assert.True(File.Exists(path));
        Assert.Equal("P1", request.Dataset!.GetSingleValue<string>(DicomTag.PatientID));
        Seen.Add(path);
        return Task.FromResult(new DicomCStoreResponse(request, DicomStatus.Success));
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;
}
