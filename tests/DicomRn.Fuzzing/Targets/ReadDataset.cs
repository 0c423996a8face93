namespace DicomRn.Fuzzing.Targets;

/// <summary>What is done with data sets that were read: everything that may be, each of which may refuse it.</summary>
internal static class ReadDataset
{
    public static void Use(DicomDataset dataset)
    {
        _ = dataset.WriteToString();
        Attempt(() => DicomJson.ConvertDicomToJson(dataset));
        Attempt(() => _ = DicomPixelData.Create(dataset).GetFrame(0).Data);
        Attempt(() => dataset.Validate());
        Attempt(() => WriteAndReadAgain(dataset));
    }

    /// <summary>What can be written can be read.</summary>
    private static void WriteAndReadAgain(DicomDataset dataset)
    {
        using MemoryStream stream = new();
        DicomFile file = new(dataset);
        file.Save(stream);
        stream.Position = 0;
        try
        {
            _ = DicomFile.Open(stream).Dataset;
        }
        catch (DicomException e)
        {
            throw new InvalidOperationException("What was written cannot be read.", e);
        }
    }

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (DicomException)
        {
            // Documented: the data set is not fit for it.
        }
    }
}
