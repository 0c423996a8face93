namespace DicomRn.Node.Administration.Audit;

/// <summary>A coded value of an audit message (PS3.15 A.5.1, CodedValueType).</summary>
/// <param name="Code">csd-code.</param>
/// <param name="System">codeSystemName.</param>
/// <param name="Meaning">originalText: the Code Meaning.</param>
internal sealed record AuditCode(string Code, string System, string Meaning)
{
    // Event IDs, DCID 400.
    public static readonly AuditCode ApplicationActivity = Dcm("110100", "Application Activity");
    public static readonly AuditCode BeginTransferring = Dcm("110102", "Begin Transferring DICOM Instances");
    public static readonly AuditCode InstancesAccessed = Dcm("110103", "DICOM Instances Accessed");
    public static readonly AuditCode InstancesTransferred = Dcm("110104", "DICOM Instances Transferred");
    public static readonly AuditCode Query = Dcm("110112", "Query");
    public static readonly AuditCode StudyDeleted = Dcm("110105", "DICOM Study Deleted");
    public static readonly AuditCode SecurityAlert = Dcm("110113", "Security Alert");

    // Event types, DCID 401 to 403.
    public static readonly AuditCode ApplicationStart = Dcm("110120", "Application Start");
    public static readonly AuditCode ApplicationStop = Dcm("110121", "Application Stop");
    public static readonly AuditCode NodeAuthentication = Dcm("110126", "Node Authentication");

    // Roles, DCID 402.
    public static readonly AuditCode Application = Dcm("110150", "Application");
    public static readonly AuditCode Destination = Dcm("110152", "Destination Role ID");
    public static readonly AuditCode Source = Dcm("110153", "Source Role ID");

    // What identifies an object, DCID 404 and RFC 3881 5.5.
    public static readonly AuditCode StudyInstanceUid = Dcm("110180", "Study Instance UID");
    public static readonly AuditCode SopClassUid = Dcm("110181", "SOP Class UID");
    public static readonly AuditCode NodeId = Dcm("110182", "Node ID");
    public static readonly AuditCode PatientNumber = new("2", "RFC-3881", "Patient Number");

    private static AuditCode Dcm(string code, string meaning) => new(code, "DCM", meaning);
}
