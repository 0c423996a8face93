using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;

namespace DicomRn.Commands;

/// <summary>Which lines a list shows.</summary>
internal sealed class JobFilterArguments
{
    private readonly Option<StudyState[]> _states = new("--state")
    {
        Description = $"Only studies in this state; may be repeated. {JobsArguments.States}.",
        HelpName = "STATE",
    };

    private readonly Option<DateTimeOffset?> _since = new("--since")
    {
        Description = "Only what changed since then: a time (2026-03-01T08:00Z, 2026-03-01), or how long ago (2h, 30m, 7d).",
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = $"How many lines at most, the latest; 1 to {JobFilter.LargestLimit}. Default {JobFilter.UsualLimit}.",
        DefaultValueFactory = _ => JobFilter.UsualLimit,
    };

    public JobFilterArguments() => _limit.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() is < 1 or > JobFilter.LargestLimit)
            result.AddError($"--limit takes a number from 1 to {JobFilter.LargestLimit}.");
    });

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command, bool withState = false)
    {
        if (withState)
            command.Add(_states);
        command.Add(_since);
        command.Add(_limit);
    }

    /// <summary>Reads them.</summary>
    public JobFilter Read(ParseResult arguments, bool withState = false) => new(
        withState ? arguments.GetValue(_states) ?? [] : [], arguments.GetValue(_since), arguments.GetValue(_limit));

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number < 1e5)
        {
            TimeSpan? ago = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            };
            if (ago is { } span)
                return DateTimeOffset.UtcNow - span;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return time;
        result.AddError($"--since {text}: a time such as 2026-03-01T08:00Z, or how long ago, such as 2h, 30m or 7d.");
        return null;
    }
}
