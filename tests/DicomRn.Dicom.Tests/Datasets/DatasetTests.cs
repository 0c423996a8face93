namespace DicomRn.Dicom.Tests.Datasets;

public sealed class DatasetTests
{
    [Fact]
    public void Items_are_kept_in_order_of_their_tags()
    {
        DicomDataset dataset = new() { { DicomTag.PatientID, "1" }, { DicomTag.Modality, "MR" }, { DicomTag.Rows, (ushort)2 } };
        Assert.Equal([DicomTag.Modality, DicomTag.PatientID, DicomTag.Rows], dataset.Select(static i => i.Tag));
    }

    [Fact]
    public void A_missing_element_has_no_value_and_the_message_names_it()
    {
        DicomDataset dataset = new();
        DicomDataException fault = Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<string>(DicomTag.PatientID));
        Assert.Contains("(0010,0020) Patient ID", fault.Message, StringComparison.Ordinal);
        Assert.Equal("none", dataset.GetSingleValueOrDefault(DicomTag.PatientID, "none"));
        Assert.False(dataset.TryGetSingleValue(DicomTag.PatientID, out string? _));
        Assert.False(dataset.TryGetString(DicomTag.PatientID, out _));
        Assert.False(dataset.TryGetSequence(DicomTag.ROIContourSequence, out _));
        Assert.Null(dataset.GetDicomItem<DicomItem>(DicomTag.PatientID));
    }

    [Fact]
    public void An_empty_element_is_there_without_a_value()
    {
        DicomDataset dataset = new() { { DicomTag.PatientID, "" } };
        Assert.True(dataset.Contains(DicomTag.PatientID));
        Assert.Equal("", dataset.GetString(DicomTag.PatientID));
        Assert.Equal(0, dataset.GetValueCount(DicomTag.PatientID));
        Assert.Equal("none", dataset.GetSingleValueOrDefault(DicomTag.PatientID, "none"));
        Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<string>(DicomTag.PatientID));
        Assert.Empty(dataset.GetValues<string>(DicomTag.PatientID));
    }

    [Fact]
    public void Several_values_are_not_a_single_one()
    {
        DicomDataset dataset = new() { { DicomTag.ImageType, "DERIVED", "SECONDARY" } };
        Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<string>(DicomTag.ImageType));
        Assert.Equal("SECONDARY", dataset.GetValue<string>(DicomTag.ImageType, 1));
        Assert.Equal("?", dataset.GetValueOrDefault(DicomTag.ImageType, 2, "?"));
        Assert.Equal("DERIVED\\SECONDARY", dataset.GetString(DicomTag.ImageType));
        Assert.Throws<DicomDataException>(() => dataset.GetValue<string>(DicomTag.ImageType, 2));
    }

    [Fact]
    public void Numbers_are_had_in_the_type_asked_for()
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SliceThickness, 1.5 }, { DicomTag.Rows, (ushort)256 }, { DicomTag.InstanceNumber, 7 },
            { DicomTag.PixelSpacing, 0.5m, 0.25m }, { DicomTag.StudyDate, new DateTime(2026, 3, 1) }, { DicomTag.StudyTime, "101502.25" },
        };
        Assert.Equal(1.5f, dataset.GetSingleValue<float>(DicomTag.SliceThickness));
        Assert.Equal(256, dataset.GetSingleValue<int>(DicomTag.Rows));
        Assert.Equal("256", dataset.GetSingleValue<string>(DicomTag.Rows));
        Assert.Equal(7L, dataset.GetSingleValue<long>(DicomTag.InstanceNumber));
        Assert.Equal([0.5, 0.25], dataset.GetValues<double>(DicomTag.PixelSpacing));
        Assert.Equal([0.5m, 0.25m], dataset.GetValues<decimal>(DicomTag.PixelSpacing));
        Assert.Equal("20260301", dataset.GetString(DicomTag.StudyDate));
        Assert.Equal(
            new DateTime(2026, 3, 1, 10, 15, 2, 250, DateTimeKind.Unspecified), dataset.GetDateTime(DicomTag.StudyDate, DicomTag.StudyTime));
        Assert.False(dataset.TryGetSingleValue(DicomTag.StudyTime, out ushort _));
    }

    [Theory]
    [InlineData(1.0 / 3)]
    [InlineData(-1234.56789012345678)]
    [InlineData(1e-20)]
    [InlineData(-1.2345678901234e-200)]
    [InlineData(0.0)]
    [InlineData(123456789012345678.0)]
    public void Any_number_fits_into_a_decimal_string(double number)
    {
        DicomDataset dataset = new() { { DicomTag.SliceLocation, number } };
        Assert.InRange(dataset.GetString(DicomTag.SliceLocation).Length, 1, 16);
        double kept = dataset.GetSingleValue<double>(DicomTag.SliceLocation);
        Assert.InRange(kept - number, -Math.Abs(number) * 1e-8, Math.Abs(number) * 1e-8);
    }

    [Fact]
    public void Decimal_strings_in_exponent_form_are_read()
    {
        DicomDataset dataset = new() { { DicomTag.PixelSpacing, "3.90625e-1", " 0.5 " } };
        Assert.Equal([0.390625, 0.5], dataset.GetValues<double>(DicomTag.PixelSpacing));
        Assert.Equal(0.390625m, dataset.GetValue<decimal>(DicomTag.PixelSpacing, 0));
    }

    public static TheoryData<string, DicomItem> Wrong => new()
    {
        { "lower case", new DicomCodeString(DicomTag.Modality, "mr") },
        { "too long", new DicomShortString(DicomTag.AccessionNumber, "12345678901234567") },
        { "no date", new DicomDate(DicomTag.StudyDate, "20260230") },
        { "no time", new DicomTime(DicomTag.StudyTime, "2561") },
        { "no uid", new DicomUniqueIdentifier(DicomTag.SOPInstanceUID, "1.2.abc") },
        { "no number", new DicomDecimalString(DicomTag.SliceThickness, "1,5") },
        { "no integer", new DicomIntegerString(DicomTag.InstanceNumber, "1.5") },
        { "two values", new DicomLongString(DicomTag.PatientID, "1", "2") },
        { "five values", new DicomDecimalString(DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 1m) },
        { "four groups", new DicomPersonName(DicomTag.PatientName, "SECRET=b=c=d") },
        { "six components", new DicomPersonName(DicomTag.PatientName, "SECRET^b^c^d^e^f") },
        { "a component group of 65", new DicomPersonName(DicomTag.PatientName, "x=SECRET" + new string('y', 59)) },
        { "a control character", new DicomLongString(DicomTag.PatientID, "SECRET\u0007") },
        { "a control character in text", new DicomShortText(DicomTag.InstitutionAddress, "SECRET\0x") },
        { "text of 1025", new DicomShortText(DicomTag.InstitutionAddress, new string('x', 1025)) },
        { "text of 10241", new DicomLongText(DicomTag.PatientComments, new string('x', 10241)) },
        { "a space in a URI", new DicomUniversalResource(DicomTag.RetrieveURL, "http://SECRET x") },
        { "not ASCII", new DicomApplicationEntity(DicomTag.RetrieveAETitle, "SECRÉT") },
        { "only spaces", new DicomApplicationEntity(DicomTag.RetrieveAETitle, "A", "\u0020\t") },
        { "an integer of 33 bits", new DicomIntegerString(DicomTag.InstanceNumber, "2147483648") },
        { "17 characters of a number", new DicomDecimalString(DicomTag.SliceThickness, "1.000000000000000") },
        { "no age", new DicomAgeString(DicomTag.PatientAge, "18M") },
        { "a fraction of a value", new DicomUnsignedShort(DicomTag.Rows, new IO.Buffer.MemoryByteBuffer([1, 2, 3])) },
        { "an odd number of pairs", new DicomUnsignedShort(new DicomTag(0x0028, 0x1101), 1, 2) },
        { "another VR", new DicomLongString(DicomTag.Rows, "4") },
        { "an element for a sequence", new DicomShortText(DicomTag.ContentSequence, "SECRET") },
        { "a sequence for an element", new DicomSequence(DicomTag.PatientName) },
        { "three of 2-2n", new DicomDecimalString(new DicomTag(0x0018, 0x1622), 1m, 2m, 3m) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_against_the_rules_is_refused_naming_the_element(string why, DicomItem item)
    {
        DicomValidationException fault = Assert.Throws<DicomValidationException>(() => new DicomDataset().Add(item));
        Assert.Contains(item.Tag.ToString(), fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECR", fault.ToString(), StringComparison.Ordinal);
        Assert.True(new DicomDataset().NotValidated().Add(item).Contains(item.Tag), why);
    }

    public static TheoryData<DicomItem> Right => new((DicomItem[])
    [
        new DicomPersonName(DicomTag.PatientName, new string('漢', 64) + "=" + new string('x', 64)),
        new DicomLongString(DicomTag.PatientID, string.Concat(Enumerable.Repeat("\U00020000", 64))),
        new DicomShortText(DicomTag.InstitutionAddress, "line 1\r\nline 2\ttab\\backslash"),
        new DicomUniversalResource(DicomTag.RetrieveURL, "https://example.org/a%20b?c=d&e=[f]"),
        new DicomDecimalString(DicomTag.SliceThickness, " -1.23456789E-10"),
        new DicomIntegerString(DicomTag.InstanceNumber, "-2147483648"),
        new DicomDateTime(DicomTag.AcquisitionDateTime, "20260301101500.123456+0100"),
        new DicomTime(DicomTag.StudyTime, "235960"),
        new DicomDate(DicomTag.StudyDate, "20260101-20260131"),
        new DicomDecimalString(DicomTag.ContourData, 1m, 2m, 3m, 4m, 5m, 6m),
        new DicomUniqueIdentifier(DicomTag.SOPInstanceUID, new string('1', 64)),
    ]);

    [Theory]
    [MemberData(nameof(Right))]
    public void A_value_within_the_rules_is_taken(DicomItem item) => Assert.True(new DicomDataset().Add(item).Contains(item.Tag));

    [Fact]
    public void Faults_of_conversion_do_not_quote_the_value()
    {
        DicomDataset dataset = new DicomDataset().NotValidated().AddOrUpdate(
            new DicomLongString(DicomTag.PatientID, "SECRET"), new DicomDate(DicomTag.StudyDate, "SECRET"), new DicomTime(DicomTag.StudyTime, "SECRET"),
            new DicomDateTime(DicomTag.AcquisitionDateTime, "SECRET"), new DicomDecimalString(DicomTag.SliceThickness, "SECRET"),
            new DicomIntegerString(DicomTag.InstanceNumber, "SECRET"));
        foreach (DicomItem item in dataset)
        {
            foreach (Action wrong in (Action[])
            [
                () => dataset.GetSingleValue<int>(item.Tag), () => dataset.GetValues<double>(item.Tag), () => dataset.GetSingleValue<DateTime>(item.Tag),
                () => dataset.GetSingleValue<DicomVRForTest>(item.Tag), () => dataset.GetSingleValue<DicomTag>(item.Tag), () => dataset.GetValue<string>(item.Tag, 1),
                () => new DicomDataset().Add(DicomTag.FrameIncrementPointer, dataset.GetString(item.Tag)),
                () => new DicomDataset().Add(DicomTag.Rows, dataset.GetString(item.Tag)),
            ])
            {
                Assert.DoesNotContain("SECRET", Assert.Throws<DicomDataException>(wrong).ToString(), StringComparison.Ordinal);
            }
        }
    }

    private enum DicomVRForTest
    {
        One,
    }

    [Fact]
    public void A_query_may_ask_for_a_range_of_dates()
    {
        DicomDateRange range = new(new DateTime(2026, 1, 1), new DateTime(2026, 1, 31, 12, 30, 0));
        DicomDataset query = new() { { DicomTag.StudyDate, range }, { DicomTag.StudyTime, range }, { DicomTag.AcquisitionDateTime, range } };
        Assert.Equal("20260101-20260131", query.GetString(DicomTag.StudyDate));
        Assert.Equal("000000-123000", query.GetString(DicomTag.StudyTime));
        Assert.Equal("20260101000000-20260131123000", query.GetString(DicomTag.AcquisitionDateTime));
        Assert.Equal("20260101-", new DicomDateRange(range.Minimum, DateTime.MaxValue).ToString("yyyyMMdd"));
        Assert.Equal("", new DicomDateRange().ToString());
        Assert.False(range.Contains(new DateTime(2026, 2, 1)));
        range.Join(new DateTime(2026, 2, 1));
        Assert.True(range.Contains(new DateTime(2026, 2, 1)));
        Assert.Throws<DicomDataException>(() => query.Add(DicomTag.PatientID, range));
    }

    [Fact]
    public void A_clone_shares_no_items()
    {
        DicomDataset dataset = new() { { DicomTag.ContentSequence, new DicomDataset { { DicomTag.TextValue, "one" } } } };
        DicomDataset clone = dataset.Clone();
        Assert.Equal(dataset, clone);
        clone.GetSequence(DicomTag.ContentSequence).Items[0].AddOrUpdate(DicomTag.TextValue, "two");
        Assert.Equal("one", dataset.GetSequence(DicomTag.ContentSequence).Items[0].GetString(DicomTag.TextValue));
        Assert.NotEqual(dataset, clone);
    }

    [Fact]
    public void Private_elements_are_found_by_their_creator_whatever_block_they_are_in()
    {
        DicomDataset dataset = new()
        {
            { DicomVR.LO, new DicomTag(0x0099, 0x0001, "DICOMRN ONE"), "a" },
            { DicomVR.LO, new DicomTag(0x0099, 0x0001, "DICOMRN TWO"), "b" },
        };
        Assert.Equal("b", dataset.GetString(new DicomTag(0x0099, 0x0001, "DICOMRN TWO")));
        Assert.Equal("DICOMRN TWO", dataset.GetString(new DicomTag(0x0099, 0x0011)));
        Assert.Equal("b", dataset.GetString(new DicomTag(0x0099, 0x1101)));
        Assert.False(dataset.Contains(new DicomTag(0x0099, 0x0001, "DICOMRN THREE")));
    }

    [Fact]
    public void A_creator_with_two_blocks_keeps_both_when_cloned()
    {
        DicomDataset dataset = new() { { DicomVR.LO, new DicomTag(0x0099, 0x0001, "DICOMRN ONE"), "first" } };
        dataset.AddRead(new DicomLongString(new DicomTag(0x0099, 0x0011), "DICOMRN ONE"));
        dataset.AddRead(new DicomLongString(new DicomTag(0x0099, 0x1101, "DICOMRN ONE"), "second"));
        Assert.Equal(dataset, dataset.Clone());
        Assert.Equal(dataset, new DicomDataset(dataset));
        Assert.Equal("second", dataset.GetString(new DicomTag(0x0099, 0x1101, "DICOMRN ONE")));
    }

    [Fact]
    public void An_element_is_added_once_and_updated_often()
    {
        DicomDataset dataset = new() { { DicomTag.PatientID, "1" } };
        Assert.Throws<DicomDataException>(() => dataset.Add(DicomTag.PatientID, "2"));
        dataset.AddOrUpdate(DicomTag.PatientID, "2");
        Assert.Equal("2", dataset.GetString(DicomTag.PatientID));
        dataset.Remove(DicomTag.PatientID, DicomTag.PatientName);
        Assert.Empty(dataset);
    }
}
