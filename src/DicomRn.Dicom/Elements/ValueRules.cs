namespace DicomRn.Dicom;

/// <summary>What one text value of each VR may look like (PS3.5 6.2).</summary>
internal static class ValueRules
{
    /// <summary>Checks one value of an element.</summary>
    /// <exception cref="DicomValidationException">It breaks the rule of its VR.</exception>
    public static void Check(DicomElement element, string value)
    {
        DicomVR vr = element.ValueRepresentation;
        if (vr.MaximumLength > 0 && vr != DicomVR.PN && value.Length > vr.MaximumLength)
            throw new DicomValidationException(value, vr, $"{element.Tag} {element.Tag.DictionaryEntry.Name}: '{value}' is longer than {vr.MaximumLength}.");
    }
}
