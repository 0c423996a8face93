namespace DicomRn.Dicom.Tests.Dictionary;

public sealed class DictionaryTests
{
    [Fact]
    public void Elements_have_keyword_name_vr_and_vm_of_the_standard()
    {
        DicomDictionaryEntry entry = DicomTag.ImageOrientationPatient.DictionaryEntry;
        Assert.Equal("ImageOrientationPatient", entry.Keyword);
        Assert.Equal("Image Orientation (Patient)", entry.Name);
        Assert.Equal([DicomVR.DS], entry.ValueRepresentations);
        Assert.Equal("6", entry.ValueMultiplicity.ToString());
        Assert.False(entry.IsRetired);
        Assert.Equal([DicomVR.US, DicomVR.SS], DicomTag.SmallestImagePixelValue.DictionaryEntry.ValueRepresentations);
        Assert.True(DicomDictionary.Default[new DicomTag(0x0008, 0x0001)].IsRetired);
    }

    [Fact]
    public void Every_tag_property_names_the_element_with_its_keyword()
    {
        int count = 0;
        foreach (System.Reflection.PropertyInfo property in typeof(DicomTag).GetProperties(
            System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static))
        {
            if (property.Name == nameof(DicomTag.Unknown))
                continue;
            DicomTag tag = (DicomTag)property.GetValue(null)!;
            // The first tag of a few retired repeating elements is another element's.
            if (tag.Group == 0x0028 && (tag.Element & 0xFF00) is 0x0400 or 0x0800)
                continue;
            DicomDictionaryEntry entry = DicomDictionary.Default[tag];
            Assert.Equal(property.Name, entry.Keyword + (entry.IsRetired ? "RETIRED" : ""));
            Assert.Same(tag, DicomTag.Parse(entry.Keyword));
            Assert.Same(tag, DicomTag.Parse(tag.ToString()));
            count++;
        }

        Assert.True(count > 4900, $"{count} elements");
    }

    [Fact]
    public void Keyword_of_no_element_has_no_tag()
    {
        Assert.Same(DicomTag.PatientID, DicomDictionary.Default["PatientID"]);
        Assert.Null(DicomDictionary.Default["PatientIdentity"]);
    }

    [Fact]
    public void Repeating_groups_are_covered_by_one_entry()
    {
        DicomDictionaryEntry entry = DicomDictionary.Default[new DicomTag(0x6002, 0x3000)];
        Assert.Equal("OverlayData", entry.Keyword);
        Assert.Equal("(60xx,3000)", entry.MaskTag!.ToString());
        Assert.True(entry.MaskTag.IsMatch(new DicomTag(0x601E, 0x3000)));
        Assert.False(entry.MaskTag.IsMatch(new DicomTag(0x6002, 0x3001)));
        Assert.Equal(new DicomTag(0x6000, 0x3000), DicomTag.OverlayData);
    }

    [Fact]
    public void Private_elements_are_known_once_their_dictionary_is()
    {
        DicomTag tag = new(0x0099, 0x1002, "DICOMRN DICTIONARY TEST");
        Assert.Same(DicomDictionary.UnknownTag, tag.DictionaryEntry);
        DicomDictionary.Default.Add(new DicomDictionaryEntry(tag, "Mood", "Mood", DicomVM.VM_1, false, DicomVR.CS));
        Assert.Equal("Mood", new DicomTag(0x0099, 0x2F02, "DICOMRN DICTIONARY TEST").DictionaryEntry.Name);
    }

    [Fact]
    public void Uids_have_the_names_and_types_of_the_registry()
    {
        Assert.Equal("1.2.840.10008.5.1.4.1.1.4", DicomUID.MRImageStorage.UID);
        Assert.Equal("MR Image Storage", DicomUID.MRImageStorage.Name);
        Assert.Equal(DicomUidType.SOPClass, DicomUID.MRImageStorage.Type);
        Assert.Equal(DicomStorageCategory.Image, DicomUID.MRImageStorage.StorageCategory);
        Assert.Equal(DicomStorageCategory.StructuredReport, DicomUID.Comprehensive3DSRStorage.StorageCategory);
        Assert.Equal(DicomStorageCategory.None, DicomUID.StorageCommitmentPushModel.StorageCategory);
        Assert.Same(DicomUID.SegmentationStorage, DicomUID.Parse("1.2.840.10008.5.1.4.1.1.66.4"));
        Assert.Same(DicomTransferSyntax.JPEG2000Lossless, DicomTransferSyntax.Parse("1.2.840.10008.1.2.4.90"));
        Assert.True(DicomTransferSyntax.HTJ2KLossless.IsEncapsulated);
    }

    [Fact]
    public void A_uid_as_text_has_its_name() =>
        Assert.Equal("MR Image Storage [1.2.840.10008.5.1.4.1.1.4]", DicomUID.MRImageStorage.ToString());

    [Fact]
    public void Only_a_uid_of_that_type_is_a_transfer_syntax()
    {
        Assert.True(DicomTransferSyntax.Parse("1.2.826.0.1.3680043.2.1").IsEncapsulated);
        Assert.Null(DicomTransferSyntax.Query(DicomUID.Parse("1.2.826.0.1.3680043.2.1")));
        Assert.Throws<DicomDataException>(() => DicomTransferSyntax.Lookup(DicomUID.Parse("1.2.826.0.1.3680043.2.1")));
        Assert.Throws<DicomDataException>(() => DicomTransferSyntax.Parse(DicomUID.MRImageStorage.UID));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2", true)]
    [InlineData("2.25.0", true)]
    [InlineData("1.02.3", false)]
    [InlineData("1..3", false)]
    [InlineData("1.2.", false)]
    [InlineData("1.2.x", false)]
    [InlineData("", false)]
    [InlineData("1.2345678901234567890123456789012345678901234567890123456789012345", false)]
    public void Uids_are_checked(string uid, bool valid) => Assert.Equal(valid, DicomUID.IsValidUid(uid));

    [Fact]
    public void Generated_uids_are_valid_and_differ()
    {
        DicomUID first = DicomUID.Generate(), second = DicomUID.Generate();
        Assert.True(DicomUID.IsValidUid(first.UID));
        Assert.NotEqual(first, second);
        Assert.Equal(first.UID + ".7", DicomUID.Append(first, 7).UID);
    }
}
