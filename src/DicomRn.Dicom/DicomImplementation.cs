using System.Reflection;

namespace DicomRn.Dicom;

/// <summary>How this implementation names itself (PS3.7 D.3.3.2).</summary>
public static class DicomImplementation
{
    /// <summary>Implementation Class UID.</summary>
    public static DicomUID ClassUID { get; set; } =
        new("2.25.161829031752083447216031174522398710142.1", "Implementation Class UID", DicomUidType.Unknown);

    /// <summary>Implementation Version Name, at most 16 characters.</summary>
    public static string Version { get; set; } = Cut($"DICOMRN_{Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}");

    private static string Cut(string version) => version.Length <= 16 ? version : version[..16];
}
