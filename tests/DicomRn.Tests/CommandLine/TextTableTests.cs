using DicomRn.CommandLine;

namespace DicomRn.Tests.CommandLine;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right()
    {
        TextTable table = new("ROI", ">mm3");
        table.Add("GTV_1", "9");
        table.Add("L", "1200");
        using StringWriter text = new() { NewLine = "\n" };

        table.Write(text);

        Assert.Equal("ROI     mm3\n-----  ----\nGTV_1     9\nL      1200\n", text.ToString());
    }

    [Fact]
    public void A_row_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new TextTable("a", "b").Add("1"));
}
