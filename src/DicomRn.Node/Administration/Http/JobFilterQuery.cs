using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;
using Microsoft.AspNetCore.Http;

namespace DicomRn.Node.Administration.Http;

/// <summary>A <see cref="JobFilter"/> as a query: <c>?state=Delivered&amp;state=…&amp;since=2026-03-01T00:00:00Z&amp;limit=100</c>.</summary>
internal static class JobFilterQuery
{
    /// <summary>Reads it.</summary>
    public static bool TryParse(IQueryCollection query, [NotNullWhen(true)] out JobFilter? filter, [NotNullWhen(false)] out string? error)
    {
        filter = null;
        error = null;
        List<StudyState> states = [];
        foreach (string? name in query["state"])
        {
            if (!Enum.TryParse(name, ignoreCase: true, out StudyState state) || !Enum.IsDefined(state))
            {
                error = $"state={name}: one of {string.Join(", ", Enum.GetNames<StudyState>())}.";
                return false;
            }

            states.Add(state);
        }

        DateTimeOffset? since = null;
        if (query["since"] is [{ } time])
        {
            if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed))
            {
                error = $"since={time}: a time such as 2026-03-01T08:00:00Z.";
                return false;
            }

            since = parsed;
        }

        int limit = JobFilter.UsualLimit;
        if (query["limit"] is [{ } number]
            && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > JobFilter.LargestLimit))
        {
            error = $"limit={number}: a number from 1 to {JobFilter.LargestLimit}.";
            return false;
        }

        filter = new JobFilter(states, since, limit);
        return true;
    }

    /// <summary>Writes it.</summary>
    public static string Write(JobFilter filter)
    {
        IEnumerable<string> parts = filter.States.Select(state => $"state={state}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"limit={filter.Limit}"));
        if (filter.Since is { } since)
            parts = parts.Append("since=" + Uri.EscapeDataString(since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
        return string.Join('&', parts);
    }
}
