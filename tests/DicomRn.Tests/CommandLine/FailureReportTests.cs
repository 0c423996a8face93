using DicomRn.CommandLine;

namespace DicomRn.Tests.CommandLine;

public sealed class FailureReportTests
{
    [Fact]
    public void A_message_of_several_lines_becomes_one() =>
        Assert.Equal("dicomrn: first second", FailureReport.Describe(new IOException("first\r\n  second"), CancellationToken.None));

    [Fact]
    public void The_only_inner_exception_of_an_aggregate_is_the_one_that_counts() =>
        Assert.Equal("dicomrn: a.dcm: truncated", FailureReport.Describe(new AggregateException(new DicomDataException("a.dcm: truncated")), CancellationToken.None));

    [Fact]
    public void A_fault_of_the_program_is_one_line_that_tells_the_way_to_its_details()
    {
        string report = FailureReport.Describe(new InvalidOperationException("odd"), CancellationToken.None);

        Assert.StartsWith("dicomrn: unexpected InvalidOperationException: odd", report, StringComparison.Ordinal);
        Assert.Contains(FailureReport.DetailsVariable, report, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', report);
    }

    [Fact]
    public void An_interrupted_command_says_so()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Equal("dicomrn: interrupted.", FailureReport.Describe(new OperationCanceledException(), source.Token));
    }
}
