using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DicomRn.Node.State;

/// <summary>Times as whole milliseconds since 1970 UTC, so that the database can compare and order them.</summary>
internal sealed class UnixMillisecondsConverter()
    : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
