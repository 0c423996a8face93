using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.QueryRetrieve;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn find</c>: C-FIND.</summary>
internal sealed class FindCommand : ProgramCommand
{
    private const int Unlimited = int.MaxValue;

    private readonly PeerOptions _peer = new(TimeSpan.FromSeconds(30));

    private readonly Option<string> _level = new("--level")
    {
        Description = "What to look for.",
        DefaultValueFactory = _ => "study",
    };

    private readonly Option<QueryKey[]> _keys = new("--key")
    {
        Description = "What it must match: the keyword or gggg,eeee of an attribute and a value, with * and ? as wildcards, - in ranges of dates.",
        HelpName = "ATTRIBUTE=VALUE",
        CustomParser = QueryKey.ParseAll,
    };

    private readonly Option<QueryKey[]> _return = new("--return")
    {
        Description = "Attributes to return beside those of --key; by default the usual ones of the level.",
        HelpName = "ATTRIBUTE",
        CustomParser = QueryKey.ParseAll,
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "The information model, patient or study root; by default the patient root for patients, the study root else.",
    };

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "Cancels the query after so many matches; all where absent.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write the matches as an array in the DICOM JSON model (PS3.18 F)." };

    public FindCommand(CommandConsole console)
        : base(console, "find", "Asks a peer which patients, studies, series or instances it has (C-FIND).")
    {
        _level.AcceptOnlyFromAmong("patient", "study", "series", "image");
        _model.AcceptOnlyFromAmong("patient", "study");
        _limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() < 1)
                result.AddError("--limit takes a number from 1.");
        });
        Validators.Add(result =>
        {
            if (result.GetValue(_level) == "patient" && result.GetValue(_model) == "study")
                result.AddError("The study root has no patient level.");
        });
        _peer.AddArgumentTo(this);
        Add(_level);
        Add(_keys);
        Add(_return);
        Add(_model);
        Add(_limit);
        Add(_json);
        _peer.AddOptionsTo(this);
        AddExample("find PACS@pacs.hospital.example:104 --key PatientID=4711 --key ModalitiesInStudy=MR", "the MR studies of a patient");
        AddExample("find PACS@pacs.hospital.example:104 --level series --key StudyInstanceUID=1.2.3 --json", "the series of a study, for a program");
        AddExample("find PACS@pacs.hospital.example:2762 --key PatientID=4711 --tls-ca ca.pem --tls-cert node.pem --tls-key node.key", "over mutual TLS");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LogOutput.Create(LogLevel.Warning);
        PeerCall peer = _peer.Read(arguments, loggers);
        DicomQueryRetrieveLevel level = Enum.Parse<DicomQueryRetrieveLevel>(arguments.GetRequiredValue(_level), ignoreCase: true);
        QueryKey[] keys = arguments.GetValue(_keys) ?? [];
        QueryKey[] wanted = arguments.GetValue(_return) is { Length: > 0 } given ? given : QueryKey.UsualOf(level);
        DicomTag[] columns = [.. keys.Concat(wanted).Select(key => key.Tag).Distinct()];
        DicomCFindRequest query = Query(level, arguments.GetValue(_model), keys, wanted);
        int limit = arguments.GetValue(_limit) ?? Unlimited;
        IReadOnlyList<DicomDataset> matches = await PeerOptions.CallAsync(
            peer, () => PeerQuery.FindAsync(peer, query, limit, cancellationToken));

        if (arguments.GetValue(_json))
        {
            await Console.Output.WriteLineAsync(Json(matches));
            return ExitCode.Success;
        }

        TextTable table = new([.. columns.Select(tag => tag.DictionaryEntry.Keyword)]);
        foreach (DicomDataset match in matches)
            table.Add([.. columns.Select(tag => match.TryGetString(tag, out string? value) ? value.Trim() : "")]);
        table.Write(Console.Output);
        await Console.Error.WriteLineAsync($"{matches.Count} matches{(matches.Count == limit ? ", and perhaps more" : "")}.");
        return ExitCode.Success;
    }

    // A decimal string that is no number is shown as it is; the stack's own conversion of several data sets would refuse it.
    private static string Json(IEnumerable<DicomDataset> matches) =>
        $"[{string.Join(',', matches.Select(match => DicomJson.ConvertDicomToJson(match, numberSerializationMode: NumberSerializationMode.PreferablyAsNumber)))}]";

    private static DicomCFindRequest Query(DicomQueryRetrieveLevel level, string? model, QueryKey[] keys, QueryKey[] wanted)
    {
        bool patientRoot = model == "patient" || (model is null && level == DicomQueryRetrieveLevel.Patient);
        DicomCFindRequest query = new(
            patientRoot ? DicomUID.PatientRootQueryRetrieveInformationModelFind : DicomUID.StudyRootQueryRetrieveInformationModelFind, level);
        DicomDataset identifier = query.Dataset ?? throw new InvalidOperationException("A query without an identifier.");
        identifier.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        foreach (QueryKey key in wanted.Concat(keys))
            key.AddTo(identifier);
        return query;
    }
}
