namespace DicomRn.Dicom.Dictionary;

/// <summary>The VRs that dictionary entries allow, shared between entries.</summary>
internal static class RepresentationSets
{
    private static readonly DicomVR[][] Sets = Build();

    public static DicomVR[] Of(int index) => Sets[DictionaryTable.Representations[index]];

    private static DicomVR[][] Build()
    {
        string[] names = DictionaryTable.RepresentationSets;
        DicomVR[][] sets = new DicomVR[names.Length][];
        for (int i = 0; i < names.Length; i++)
        {
            string[] codes = names[i] == "NONE" ? [] : names[i].Split(" or ");
            sets[i] = codes.Length == 0 ? [DicomVR.NONE] : Array.ConvertAll(codes, DicomVR.Parse);
        }

        return sets;
    }
}
