using System.Globalization;
using System.Text;
using System.Xml;

namespace DicomRn.Node.Administration.Audit;

/// <summary>Writes audit messages as XML by the schema of PS3.15 A.5.1, on one line.</summary>
internal static class AuditXml
{
    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        Indent = false,
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = true,
    };

    /// <summary>The message as XML, without a line break.</summary>
    /// <param name="message">The event.</param>
    /// <param name="at">When, where the message does not say.</param>
    /// <param name="sourceId">AuditSourceID: who reports.</param>
    /// <param name="site">AuditEnterpriseSiteID; null for none.</param>
    public static string Write(AuditMessage message, DateTimeOffset at, string sourceId, string? site)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("AuditMessage");
            WriteEvent(xml, message, message.At ?? at);
            foreach (AuditParticipant participant in message.Participants)
                WriteParticipant(xml, participant);
            xml.WriteStartElement("AuditSourceIdentification");
            WriteOptional(xml, "AuditEnterpriseSiteID", site);
            xml.WriteAttributeString("AuditSourceID", Clean(sourceId));
            xml.WriteStartElement("AuditSourceTypeCode");
            xml.WriteAttributeString("csd-code", "4");
            xml.WriteEndElement();
            xml.WriteEndElement();
            foreach (AuditObject subject in message.Objects)
                WriteObject(xml, subject);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void WriteEvent(XmlWriter xml, AuditMessage message, DateTimeOffset at)
    {
        xml.WriteStartElement("EventIdentification");
        xml.WriteAttributeString("EventActionCode", message.Action.ToString());
        xml.WriteAttributeString("EventDateTime", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("EventOutcomeIndicator", ((int)message.Outcome).ToString(CultureInfo.InvariantCulture));
        WriteCode(xml, "EventID", message.Event);
        if (message.Type is { } type)
            WriteCode(xml, "EventTypeCode", type);
        if (message.OutcomeDescription is { } description)
            xml.WriteElementString("EventOutcomeDescription", Clean(description));
        xml.WriteEndElement();
    }

    private static void WriteParticipant(XmlWriter xml, AuditParticipant participant)
    {
        xml.WriteStartElement("ActiveParticipant");
        xml.WriteAttributeString("UserID", Clean(participant.UserId));
        WriteOptional(xml, "AlternativeUserID", participant.AlternativeUserId);
        WriteOptional(xml, "UserName", participant.UserName);
        xml.WriteAttributeString("UserIsRequestor", participant.IsRequestor ? "true" : "false");
        WriteOptional(xml, "NetworkAccessPointID", participant.NetworkAccessPoint);
        WriteOptional(xml, "NetworkAccessPointTypeCode", participant.NetworkAccessPointType);
        if (participant.Role is { } role)
            WriteCode(xml, "RoleIDCode", role);
        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, AuditObject subject)
    {
        xml.WriteStartElement("ParticipantObjectIdentification");
        xml.WriteAttributeString("ParticipantObjectID", Clean(subject.Id));
        xml.WriteAttributeString("ParticipantObjectTypeCode", subject.Type);
        WriteOptional(xml, "ParticipantObjectTypeCodeRole", subject.Role);
        WriteCode(xml, "ParticipantObjectIDTypeCode", subject.IdType);
        if (subject.Query is { } query)
            xml.WriteElementString("ParticipantObjectQuery", Convert.ToBase64String(query));
        else
            xml.WriteElementString("ParticipantObjectName", Clean(subject.Name));
        if (subject.Detail is { } detail)
        {
            xml.WriteStartElement("ParticipantObjectDetail");
            xml.WriteAttributeString("type", detail.Type);
            xml.WriteAttributeString("value", Convert.ToBase64String(Encoding.UTF8.GetBytes(detail.Value)));
            xml.WriteEndElement();
        }

        if (subject.SopClasses.Count > 0)
        {
            xml.WriteStartElement("ParticipantObjectDescription");
            foreach ((string sopClass, int instances) in subject.SopClasses.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                xml.WriteStartElement("SOPClass");
                xml.WriteAttributeString("UID", sopClass);
                xml.WriteAttributeString("NumberOfInstances", instances.ToString(CultureInfo.InvariantCulture));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCode(XmlWriter xml, string element, AuditCode code)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("csd-code", code.Code);
        xml.WriteAttributeString("codeSystemName", code.System);
        xml.WriteAttributeString("originalText", code.Meaning);
        xml.WriteEndElement();
    }

    private static void WriteOptional(XmlWriter xml, string attribute, string? value)
    {
        if (value is { Length: > 0 })
            xml.WriteAttributeString(attribute, Clean(value));
    }

    /// <summary>Whatever a peer said becomes text that XML can hold, on one line.</summary>
    private static string Clean(string text) => string.Create(text.Length, text, (cleaned, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            bool pair = char.IsHighSurrogate(c) ? i + 1 < source.Length && char.IsLowSurrogate(source[i + 1])
                : char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(source[i - 1]);
            cleaned[i] = c < ' ' ? ' ' : pair || XmlConvert.IsXmlChar(c) ? c : '\uFFFD';
        }
    });
}
