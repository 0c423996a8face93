using System.Globalization;

namespace DicomRn.Imaging.Series;

/// <summary>
/// What tells images at one position apart: the part of the complex signal, stack, temporal position, echo and so on, from a single-frame
/// image, from the functional groups of a frame, or from the attributes that a legacy converted image keeps unassigned.
/// </summary>
internal sealed class SliceDimensions
{
    /// <summary>Stack ID (0020,9056).</summary>
    public const string Stack = "stack";

    /// <summary>Complex Image Component (0008,9208), or what Image Type says in its place.</summary>
    public const string Component = "image component";

    /// <summary>The component of anatomical images.</summary>
    public const string Magnitude = "MAGNITUDE";

    private const string OtherDimension = "dimension";

    private static readonly Dictionary<string, DicomTag[]> Attributes = new()
    {
        [Stack] = [DicomTag.StackID],
        [Component] = [DicomTag.ComplexImageComponent],
        ["temporal position"] = [DicomTag.TemporalPositionIndex, DicomTag.TemporalPositionIdentifier],
        ["echo time"] = [DicomTag.EffectiveEchoTime, DicomTag.EchoTime],
        ["echo"] = [DicomTag.EchoNumbers],
        ["inversion time"] = [DicomTag.InversionTimes, DicomTag.InversionTime],
        ["diffusion b-value"] = [DicomTag.DiffusionBValue],
        ["cardiac phase"] = [DicomTag.NominalCardiacTriggerDelayTime, DicomTag.TriggerTime],
        ["flip angle"] = [DicomTag.FlipAngle],
        ["acquisition"] = [DicomTag.FrameAcquisitionNumber, DicomTag.AcquisitionNumber],
    };

    // Dimensions that count slices, not volumes.
    private static readonly HashSet<DicomTag> Positions =
    [
        DicomTag.StackID, DicomTag.InStackPositionNumber, DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.SliceLocation,
    ];

    private readonly Dictionary<string, string> _values;

    private SliceDimensions(Dictionary<string, string> values) => _values = values;

    /// <summary>The names, what tells the most first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Attributes.Keys, OtherDimension];

    /// <summary>The value of a dimension; empty where the image says nothing.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>Of a single-frame image.</summary>
    public static SliceDimensions Of(DicomDataset image)
    {
        Dictionary<string, string> values = Read([image]);
        if (!values.ContainsKey(Component) && ComponentOf(image) is { } component)
            values[Component] = component;
        return new SliceDimensions(values);
    }

    /// <summary>Of a frame.</summary>
    /// <param name="image">The multi-frame image.</param>
    /// <param name="shared">Its shared functional groups.</param>
    /// <param name="own">The functional groups of the frame.</param>
    public static SliceDimensions Of(DicomDataset image, DicomDataset shared, DicomDataset own)
    {
        DicomDataset[] groups =
        [
            .. own.OfType<DicomSequence>().Concat(shared.OfType<DicomSequence>()).Where(s => !s.Tag.IsPrivate && s.Items.Count > 0).Select(s => s.Items[0]),
        ];
        Dictionary<string, string> values = Read(groups);
        if (!values.ContainsKey(Component) && groups.Append(image).Select(ComponentOf).FirstOrDefault(c => c is not null) is { } component)
            values[Component] = component;
        if (own.FirstItem(DicomTag.FrameContentSequence) is { } content)
            values[OtherDimension] = OtherIndices(image, content);
        return new SliceDimensions(values);
    }

    private static Dictionary<string, string> Read(DicomDataset[] sources)
    {
        Dictionary<string, string> values = [];
        foreach ((string name, DicomTag[] tags) in Attributes)
        {
            foreach (DicomTag tag in tags)
            {
                if (sources.Select(s => Value(s, tag)).FirstOrDefault(v => v.Length > 0) is not { } value)
                    continue;
                values[name] = value;
                break;
            }
        }

        return values;
    }

    private static string Value(DicomDataset source, DicomTag tag) =>
        source.GetDicomItem<DicomItem>(tag) is DicomFloatingPointDouble or DicomFloatingPointSingle
            ? source.Numbers(tag) is [double number, ..] ? number.ToString("0.###", CultureInfo.InvariantCulture) : ""
            : source.Integer(tag) is { } integer ? integer.ToString(CultureInfo.InvariantCulture) : source.Text(tag);

    // Image Type or Frame Type: M, P, R, I of Siemens and GE, M_FFE, R_IR and PHASE MAP of Philips.
    private static string? ComponentOf(DicomDataset source)
    {
        DicomTag tag = source.Contains(DicomTag.FrameType) ? DicomTag.FrameType : DicomTag.ImageType;
        if (!source.TryGetValues(tag, out string[]? values) || values is null)
            return null;
        foreach (string value in values.Skip(2))
        {
            switch (value.Trim().ToUpperInvariant())
            {
                case "M" or "MAGNITUDE" or "M_FFE" or "M_SE" or "M_IR":
                    return Magnitude;
                case "P" or "PHASE" or "PHASE MAP" or "P_FFE" or "P_SE" or "P_IR":
                    return "PHASE";
                case "R" or "REAL" or "R_FFE" or "R_SE" or "R_IR":
                    return "REAL";
                case "I" or "IMAGINARY" or "I_FFE" or "I_SE" or "I_IR":
                    return "IMAGINARY";
            }
        }

        return null;
    }

    private static string OtherIndices(DicomDataset image, DicomDataset content)
    {
        DicomDataset[] dimensions = [.. image.Items(DicomTag.DimensionIndexSequence)];
        if (!content.TryGetValues(DicomTag.DimensionIndexValues, out uint[]? indices) || indices is null || indices.Length != dimensions.Length)
            return "";
        HashSet<DicomTag> known = [.. Positions, .. Attributes.Values.SelectMany(t => t)];
        List<string> other = [];
        for (int n = 0; n < dimensions.Length; n++)
        {
            if (dimensions[n].TryGetSingleValue(DicomTag.DimensionIndexPointer, out DicomTag? pointer) && pointer is not null && !known.Contains(pointer))
                other.Add(string.Create(CultureInfo.InvariantCulture, $"{pointer} {indices[n]}"));
        }

        return string.Join(", ", other);
    }
}
