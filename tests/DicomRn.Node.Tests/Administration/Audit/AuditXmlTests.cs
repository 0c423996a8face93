using System.Xml.Linq;
using DicomRn.Node.Administration.Audit;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;

namespace DicomRn.Node.Tests.Administration.Audit;

public class AuditXmlTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, 250, TimeSpan.FromHours(1));
    private static readonly AuditPatient Patient = new("4711", "Phantom^Paula");
    private static readonly SentResults Results = new(
        Now, "1.2.3", "PACS", "pacs.hospital.example", new Dictionary<string, int> { ["1.2.840.10008.5.1.4.1.1.88.34"] = 1 }, null);

    private static readonly SentQuery Asked = new(
        Now, "PACS", "pacs.hospital.example", "1.2.840.10008.5.1.4.1.2.2.1",
        new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.PatientID, "4711" }, { DicomTag.StudyInstanceUID, "" } }, null);

    private static readonly FetchedInstances Fetched = new(
        Now, "PACS", "pacs.hospital.example", "1.2.4", "1.2.3", new Dictionary<string, int> { ["1.2.840.10008.5.1.4.1.1.481.3"] = 1 }, null);

    public static TheoryData<string> Events => new(All.Keys);

    private static Dictionary<string, AuditMessage> All => new()
    {
        ["start"] = AuditEvents.Application("DICOMRN", starts: true),
        ["stop"] = AuditEvents.Application("DICOMRN", starts: false),
        ["received"] = AuditEvents.Received("DICOMRN", Association(AssociationEnd.Released), Tally()),
        ["received in part"] = AuditEvents.Received("DICOMRN", Association(AssociationEnd.Aborted), Tally()),
        ["rejected"] = AuditEvents.Rejected("DICOMRN", Association(AssociationEnd.Rejected)),
        ["refused"] = AuditEvents.AccessRefused("DICOMRN", "127.0.0.1", "the access token is missing or wrong"),
        ["processed"] = AuditEvents.Processed(
            "DICOMRN", new StudyChanged("1.2.3", 1, StudyState.Processing, StudyState.Delivering, null, null, null, null, Now), Patient),
        ["sending"] = AuditEvents.Sending("DICOMRN", Results, Patient),
        ["sent"] = AuditEvents.Sent("DICOMRN", Results, Patient),
        ["not sent"] = AuditEvents.Sent("DICOMRN", Results with { Error = "Connection refused" }, Patient),
        ["asked"] = AuditEvents.Queried("DICOMRN", Asked),
        ["not answered"] = AuditEvents.Queried("DICOMRN", Asked with { Error = "Connection refused" }),
        ["fetched"] = AuditEvents.Fetched("DICOMRN", Fetched, Patient),
        ["not fetched"] = AuditEvents.Fetched("DICOMRN", Fetched with { Error = "the C-GET ended with status A701" }, Patient),
        ["deleted"] = AuditEvents.StudyDeleted("1.2.3", Patient, "retention", "Delivered for more than 30.00:00:00"),
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Message_of_every_event_is_valid_by_the_schema_and_one_line(string name)
    {
        string xml = Write(All[name]);

        Assert.Empty(AuditSchema.Validate(xml));
        Assert.DoesNotContain('\n', xml);
    }

    [Fact]
    public void The_schema_finds_what_is_wrong()
    {
        string xml = Write(All["received"]);

        Assert.NotEmpty(AuditSchema.Validate(xml.Replace("EventActionCode=\"C\"", "EventActionCode=\"X\"", StringComparison.Ordinal)));
        Assert.NotEmpty(AuditSchema.Validate(xml.Replace("UserIsRequestor=\"true\"", "", StringComparison.Ordinal)));
        Assert.NotEmpty(AuditSchema.Validate(xml.Replace("<ParticipantObjectName>(unknown)", "<Name>", StringComparison.Ordinal)
            .Replace("ParticipantObjectName", "Name", StringComparison.Ordinal)));
        Assert.NotEmpty(AuditSchema.Validate("<AuditMessage />"));
    }

    [Fact]
    public void A_query_names_both_ends_and_what_was_asked_of_which_SOP_class()
    {
        XElement message = XElement.Parse(Write(All["asked"]));

        Assert.Equal("110112", message.Element("EventIdentification")!.Element("EventID")!.Attribute("csd-code")!.Value);
        Assert.Equal(
            [("110153", "true"), ("110152", "false")],
            message.Elements("ActiveParticipant").Select(p => (p.Element("RoleIDCode")!.Attribute("csd-code")!.Value, p.Attribute("UserIsRequestor")!.Value)));
        XElement subject = Assert.Single(message.Elements("ParticipantObjectIdentification"));
        Assert.Equal("1.2.840.10008.5.1.4.1.2.2.1", subject.Attribute("ParticipantObjectID")!.Value);
        byte[] query = Convert.FromBase64String(subject.Element("ParticipantObjectQuery")!.Value);
        byte[] expected =
        [
            0x08, 0, 0x52, 0, (byte)'C', (byte)'S', 6, 0, .. "STUDY "u8, 0x10, 0, 0x20, 0, (byte)'L', (byte)'O', 4, 0, .. "4711"u8,
            0x20, 0, 0x0D, 0, (byte)'U', (byte)'I', 0, 0,
        ];
        Assert.Equal(expected, query);
        Assert.Equal("1.2.840.10008.1.2.1", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(subject.Element("ParticipantObjectDetail")!.Attribute("value")!.Value)));
    }

    [Fact]
    public void Fetched_instances_come_from_the_peer_because_the_node_asked()
    {
        XElement message = XElement.Parse(Write(All["fetched"]));

        Assert.Equal(
            [("AETITLES=PACS", "110153", "false"), ("AETITLES=DICOMRN", "110152", "true")],
            message.Elements("ActiveParticipant").Select(p => (
                p.Attribute("AlternativeUserID")!.Value, p.Element("RoleIDCode")!.Attribute("csd-code")!.Value, p.Attribute("UserIsRequestor")!.Value)));
        Assert.Equal(["1.2.4", "4711"], message.Elements("ParticipantObjectIdentification").Select(o => o.Attribute("ParticipantObjectID")!.Value));
        Assert.Equal("4", XElement.Parse(Write(All["not fetched"])).Element("EventIdentification")!.Attribute("EventOutcomeIndicator")!.Value);
    }

    [Fact]
    public void Instances_received_name_source_destination_study_patient_and_SOP_classes()
    {
        XElement message = XElement.Parse(Write(All["received"]));

        XElement happened = message.Element("EventIdentification")!;
        Assert.Equal(("110104", "DCM"), Code(happened.Element("EventID")!));
        Assert.Equal(("C", "2026-03-01T08:30:00.250Z", "0"), (
            (string)happened.Attribute("EventActionCode")!, (string)happened.Attribute("EventDateTime")!, (string)happened.Attribute("EventOutcomeIndicator")!));
        XElement[] participants = [.. message.Elements("ActiveParticipant")];
        Assert.Equal(["110153", "110152"], participants.Select(p => Code(p.Element("RoleIDCode")!).Item1));
        Assert.Equal(["AETITLES=MODALITY", "AETITLES=DICOMRN"], participants.Select(p => (string)p.Attribute("AlternativeUserID")!));
        Assert.Equal(("10.1.2.3", "2"), ((string)participants[0].Attribute("NetworkAccessPointID")!, (string)participants[0].Attribute("NetworkAccessPointTypeCode")!));
        XElement[] objects = [.. message.Elements("ParticipantObjectIdentification")];
        Assert.Equal(["1.2.3", "4711"], objects.Select(o => (string)o.Attribute("ParticipantObjectID")!));
        Assert.Equal([("110180", "DCM"), ("2", "RFC-3881")], objects.Select(o => Code(o.Element("ParticipantObjectIDTypeCode")!)));
        XElement sopClass = objects[0].Descendants("SOPClass").Single();
        Assert.Equal(("1.2.840.10008.5.1.4.1.1.4", "2"), ((string)sopClass.Attribute("UID")!, (string)sopClass.Attribute("NumberOfInstances")!));
    }

    [Fact]
    public void What_a_peer_calls_itself_cannot_break_the_message()
    {
        AuditMessage hostile = AuditEvents.Rejected("DICOMRN", new AssociationAccount
        {
            CallingAeTitle = "\"/><x>&\0\n\uD800\uFFFF",
            CalledAeTitle = "]]>",
            Host = "10.1.2.3",
            IsSecured = false,
            StartedAt = Now,
            EndedAt = Now,
            End = AssociationEnd.Rejected,
            Reason = "\u0001",
        });

        string xml = Write(hostile);

        Assert.Empty(AuditSchema.Validate(xml));
        Assert.DoesNotContain('\n', xml);
    }

    private static (string, string) Code(XElement element) => ((string)element.Attribute("csd-code")!, (string)element.Attribute("codeSystemName")!);

    private static string Write(AuditMessage message) => AuditXml.Write(message, Now, "DICOMRN@node", "Neuroradiology");

    private static AssociationAccount Association(AssociationEnd end) => new()
    {
        CallingAeTitle = "MODALITY",
        CalledAeTitle = "DICOMRN",
        Host = "10.1.2.3",
        IsSecured = true,
        StartedAt = Now,
        EndedAt = Now,
        End = end,
        Reason = end == AssociationEnd.Released ? null : "no peer has this AE title",
    };

    private static StudyTally Tally()
    {
        AssociationAccount association = Association(AssociationEnd.Released);
        foreach (string sop in new[] { "1.2.3.1", "1.2.3.2" })
            association.Count(
                new InstanceIdentity
                {
                    SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
                    SopInstanceUid = sop,
                    StudyInstanceUid = "1.2.3",
                    SeriesInstanceUid = "1.2.3.9",
                    PatientId = Patient.Id,
                    IssuerOfPatientId = "",
                    IsOurWork = false,
                },
                DicomStatus.Success);
        return Assert.Single(association.Studies);
    }
}
