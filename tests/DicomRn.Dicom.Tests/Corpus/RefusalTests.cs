namespace DicomRn.Dicom.Tests.Corpus;

public sealed class RefusalTests
{
    [Fact]
    public void Every_file_is_read_but_those_that_are_listed_with_their_reason()
    {
        string root = CorpusFiles.Root;
        List<string> wrong = [];
        foreach (string file in CorpusFiles.All())
        {
            string path = Path.Combine(root, file);
            string? fault = null;
            try
            {
                DicomFile.Open(path, FileReadOption.ReadAll);
            }
            catch (DicomFileException e)
            {
                fault = e.Message;
            }

            if (fault is null != !CorpusFiles.Refused.ContainsKey(file))
                wrong.Add(fault ?? $"{file} is listed as refused, but read");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
