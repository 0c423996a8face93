using DicomRn.Dicom.StructuredReport;

namespace DicomRn.Dicom.Tests.Datasets;

public sealed class CodeItemTests
{
    [Fact]
    public void Codes_are_equal_whatever_they_are_called()
    {
        DicomCodeItem brain = new("12738006", "SCT", "Brain");
        Assert.True(brain == new DicomCodeItem("12738006", "SCT", "Cerebrum and the rest"));
        Assert.Equal(brain.GetHashCode(), new DicomCodeItem("12738006", "SCT", "Gehirn").GetHashCode());
        Assert.True(brain != new DicomCodeItem("12738006", "SCT", "Brain", "2024"));
        Assert.True(brain != new DicomCodeItem("12738006", "DCM", "Brain"));
        Assert.True(brain != null);
        Assert.Equal("(12738006,SCT,\"Brain\")", brain.ToString());
        Assert.Equal("(1,99X:2,\"M\")", new DicomCodeItem("1", "99X", "M", "2").ToString());
    }

    [Fact]
    public void Code_is_taken_from_the_first_item_of_its_sequence()
    {
        DicomSequence sequence = new(DicomTag.ConceptNameCodeSequence, new DicomDataset { { DicomTag.CodeValue, "121071" }, { DicomTag.CodingSchemeDesignator, "DCM" } });
        DicomCodeItem finding = new(sequence);
        Assert.Equal(("121071", "DCM", "", ""), (finding.Value, finding.Scheme, finding.Meaning, finding.Version));
        Assert.Equal(finding, new DicomCodeItem(sequence.Items[0]));
        DicomDataException fault = Assert.Throws<DicomDataException>(() => new DicomCodeItem(new DicomSequence(DicomTag.ConceptNameCodeSequence)));
        Assert.Contains("(0040,a043)", fault.Message, StringComparison.Ordinal);
    }
}
