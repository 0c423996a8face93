using System.CommandLine.Parsing;

namespace DicomRn.Commands;

/// <summary>An attribute of a query, written <c>Keyword=value</c>, <c>gggg,eeee=value</c>, or without a value to have it returned.</summary>
/// <param name="Tag">The attribute.</param>
/// <param name="Value">What it must match; empty for anything.</param>
internal sealed record QueryKey(DicomTag Tag, string Value)
{
    /// <summary>The attributes one usually wants to see at a level.</summary>
    public static QueryKey[] UsualOf(DicomQueryRetrieveLevel level)
    {
        DicomTag[] tags = level switch
        {
            DicomQueryRetrieveLevel.Patient => [DicomTag.PatientID, DicomTag.PatientName, DicomTag.PatientBirthDate, DicomTag.PatientSex],
            DicomQueryRetrieveLevel.Study =>
            [
                DicomTag.PatientID, DicomTag.PatientName, DicomTag.StudyDate, DicomTag.ModalitiesInStudy, DicomTag.StudyDescription,
                DicomTag.NumberOfStudyRelatedInstances, DicomTag.StudyInstanceUID,
            ],
            DicomQueryRetrieveLevel.Series =>
            [
                DicomTag.SeriesNumber, DicomTag.Modality, DicomTag.SeriesDescription, DicomTag.NumberOfSeriesRelatedInstances,
                DicomTag.SeriesInstanceUID,
            ],
            _ => [DicomTag.InstanceNumber, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID],
        };
        return [.. tags.Select(tag => new QueryKey(tag, ""))];
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">It names no attribute; the message says so.</exception>
    public static QueryKey Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = (equals < 0 ? text : text[..equals]).Trim();
        string value = equals < 0 ? "" : text[(equals + 1)..];
        DicomTag? tag;
        try
        {
            tag = name.Contains(',', StringComparison.Ordinal) ? DicomTag.Parse(name) : DicomDictionary.Default[name];
        }
        catch (DicomException)
        {
            tag = null;
        }

        if (tag is null)
            throw new FormatException($"'{name}' names no attribute: write its keyword, as in PatientID, or its tag, as in 0010,0020.");

        DicomVR vr = tag.DictionaryEntry.ValueRepresentations[0];
        if (vr == DicomVR.UN || ReferenceEquals(tag.DictionaryEntry, DicomDictionary.UnknownTag))
            throw new FormatException($"{name} is in no dictionary.");
        return vr == DicomVR.SQ ? throw new FormatException($"{name} is a sequence; give an attribute with a value.") : new QueryKey(tag, value);
    }

    /// <summary>Reads the keys of an option.</summary>
    public static QueryKey[] ParseAll(ArgumentResult result)
    {
        List<QueryKey> keys = [];
        foreach (Token token in result.Tokens)
        {
            try
            {
                keys.Add(Parse(token.Value));
            }
            catch (FormatException wrong)
            {
                result.AddError(wrong.Message);
            }
        }

        return [.. keys];
    }

    /// <summary>Puts the key into an identifier.</summary>
    public void AddTo(DicomDataset identifier)
    {
        if (Value.Length == 0)
            identifier.AddOrUpdate(Tag, Array.Empty<string>());
        else
            identifier.AddOrUpdate(Tag, Value);
    }
}
