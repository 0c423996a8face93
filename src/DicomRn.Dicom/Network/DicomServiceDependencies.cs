using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Dicom.Network;

/// <summary>What every <see cref="DicomService"/> needs from its surroundings; services pass it on to their base.</summary>
public class DicomServiceDependencies
{
    internal DicomServiceDependencies()
        : this(NullLoggerFactory.Instance, TimeProvider.System)
    {
    }

    internal DicomServiceDependencies(ILoggerFactory loggerFactory, TimeProvider time)
    {
        LoggerFactory = loggerFactory;
        Time = time;
    }

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory LoggerFactory { get; }

    internal TimeProvider Time { get; }
}
