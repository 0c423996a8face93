using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace DicomRn.Node.Tests.Administration.Audit;

/// <summary>The schema of audit messages (PS3.15 A.5.1).</summary>
internal static class AuditSchema
{
    private static readonly XmlSchemaSet Schemas = Read();

    /// <summary>What is wrong with a message by the schema.</summary>
    public static IReadOnlyList<string> Validate(string xml)
    {
        List<string> errors = [];
        XDocument.Parse(xml).Validate(Schemas, (_, error) => errors.Add(error.Message));
        return errors;
    }

    private static XmlSchemaSet Read()
    {
        XmlSchemaSet schemas = new();
        using Stream schema = typeof(AuditSchema).Assembly.GetManifestResourceStream("audit-message.xsd")!;
        using XmlReader reader = XmlReader.Create(schema);
        schemas.Add(null, reader);
        schemas.Compile();
        return schemas;
    }
}
