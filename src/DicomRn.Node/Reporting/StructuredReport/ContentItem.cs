using System.Globalization;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// A node of an SR content tree (PS3.3 C.17.3): relationship to its parent, concept name, value and children.
/// </summary>
internal sealed class ContentItem
{
    private readonly string _valueType;
    private readonly CodedConcept? _concept;
    private readonly Action<DicomDataset> _writeValue;
    private readonly List<ContentItem> _children = [];
    private Relationship? _relationship;

    private ContentItem(string valueType, CodedConcept? concept, Action<DicomDataset> writeValue)
    {
        _valueType = valueType;
        _concept = concept;
        _writeValue = writeValue;
    }

    /// <summary>A container whose children are separate.</summary>
    public static ContentItem Container(CodedConcept concept) =>
        new("CONTAINER", concept, item => item.Add(DicomTag.ContinuityOfContent, "SEPARATE"));

    /// <summary>A coded value.</summary>
    public static ContentItem Code(CodedConcept concept, CodedConcept value) =>
        new("CODE", concept, item => item.Add(value.In(DicomTag.ConceptCodeSequence)));

    /// <summary>A text.</summary>
    public static ContentItem Text(CodedConcept concept, string value) =>
        new("TEXT", concept, item => item.Add(DicomTag.TextValue, value));

    /// <summary>A UID.</summary>
    public static ContentItem UidReference(CodedConcept concept, string uid) =>
        new("UIDREF", concept, item => item.Add(DicomTag.UID, uid));

    /// <summary>A date, DA.</summary>
    public static ContentItem Date(CodedConcept concept, string date) =>
        new("DATE", concept, item => item.Add(DicomTag.Date, date));

    /// <summary>A measured value: to two decimals for people (Numeric Value), and in full for programs (Floating Point Value, PS3.3 C.18.1).</summary>
    public static ContentItem Number(CodedConcept concept, double value, CodedConcept unit) =>
        new("NUM", concept, item => item.Add(new DicomSequence(
            DicomTag.MeasuredValueSequence,
            new DicomDataset
            {
                unit.In(DicomTag.MeasurementUnitsCodeSequence),
                { DicomTag.NumericValue, value.ToString("0.##", CultureInfo.InvariantCulture) },
                { DicomTag.FloatingPointValue, value },
            })));

    /// <summary>A reference to an image, to one of its frames or to a segment of it.</summary>
    public static ContentItem Image(CodedConcept? concept, ImageReference image) =>
        new("IMAGE", concept, item => item.Add(new DicomSequence(DicomTag.ReferencedSOPSequence, image.ToItem())));

    /// <summary>A closed outline on one image, in columns and rows from the upper left corner (PS3.3 C.18.6.1.2).</summary>
    public static ContentItem Outline(CodedConcept concept, IReadOnlyList<(float Column, float Row)> points) =>
        new("SCOORD", concept, item =>
        {
            item.Add(DicomTag.GraphicData, points.SelectMany(p => new[] { p.Column, p.Row }).ToArray());
            item.Add(DicomTag.GraphicType, "POLYLINE");
        });

    /// <summary>Adds children, in order.</summary>
    public ContentItem With(Relationship relationship, params IEnumerable<ContentItem> children)
    {
        foreach (ContentItem child in children)
        {
            child._relationship = relationship;
            _children.Add(child);
        }

        return this;
    }

    /// <summary>Writes the item's attributes and its children into <paramref name="target"/>.</summary>
    public void WriteTo(DicomDataset target)
    {
        if (_relationship is { } relationship)
            target.Add(DicomTag.RelationshipType, relationship.DefinedTerm());
        target.Add(DicomTag.ValueType, _valueType);
        if (_concept is not null)
            target.Add(_concept.In(DicomTag.ConceptNameCodeSequence));
        _writeValue(target);
        if (_children.Count > 0)
            target.Add(new DicomSequence(DicomTag.ContentSequence, [.. _children.Select(child => child.ToDataset())]));
    }

    private DicomDataset ToDataset()
    {
        DicomDataset item = new();
        WriteTo(item);
        return item;
    }
}
