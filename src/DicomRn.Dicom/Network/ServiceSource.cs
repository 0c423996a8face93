namespace DicomRn.Dicom.Network;

/// <summary>Gives service constructors what they ask for beside the connection's own arguments.</summary>
internal sealed class ServiceSource(DicomServiceDependencies dependencies) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(DicomServiceDependencies) ? dependencies
        : serviceType == typeof(Microsoft.Extensions.Logging.ILoggerFactory) ? dependencies.LoggerFactory
        : null;
}
