using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>What pydicom reads, one process for all files.</summary>
internal static class PydicomElements
{
    // VR and VM as pydicom gives them, the value bytes as they stand in the file, in little endian.
    private const string Script =
        """
        import hashlib, struct, sys, warnings
        from pydicom import config
        from pydicom.dataelem import RawDataElement
        from pydicom.filereader import dcmread
        warnings.simplefilter('ignore')
        config.settings.reading_validation_mode = config.IGNORE
        UNITS = {'US': 2, 'SS': 2, 'OW': 2, 'AT': 2, 'UL': 4, 'SL': 4, 'FL': 4, 'OF': 4, 'OL': 4,
                 'FD': 8, 'OD': 8, 'SV': 8, 'UV': 8, 'OV': 8}

        def swapped(value, unit):
            whole = len(value) // unit * unit
            return b''.join(value[i:i + unit][::-1] for i in range(0, whole, unit)) + value[whole:]

        def walk(dataset, path, big):
            for tag in sorted(dataset.keys()):
                raw = dataset.get_item(tag)
                value = (raw.value if isinstance(raw, RawDataElement) else None) or b''
                key = path + '(%04x,%04x)' % (tag.group, tag.element)
                try:
                    element = dataset[tag]
                    vr, vm = str(getattr(element.VR, 'value', element.VR)), element.VM
                    if not isinstance(raw, RawDataElement) and vr != 'SQ' and element.value not in (None, ''):
                        # Decoded while reading: the character set, the records of a DICOMDIR.
                        values = [element.value] if vm == 1 else element.value
                        value = b''.join(struct.pack('<I', v) for v in values) if vr == 'UL' else '\\'.join(values).encode()
                        value += b' ' * (len(value) % 2)
                except Exception as e:
                    vr, vm = type(e).__name__, -1
                if vr == 'SQ':
                    print(key, 'SQ', len(element.value), '-', sep='\t')
                    for i, item in enumerate(element.value):
                        walk(item, '%s[%d]/' % (key, i + 1), big)
                    continue
                if big and vr in UNITS and isinstance(raw, RawDataElement):
                    value = swapped(value, UNITS[vr])
                print(key, vr, vm, hashlib.sha256(value).hexdigest()[:16], sep='\t')

        for name in open(sys.argv[1], encoding='utf-8').read().splitlines():
            print('F', name, sep='\t')
            try:
                dataset = dcmread(sys.argv[2] + '/' + name, force=True)
                walk(dataset, '', not dataset.is_little_endian)
            except Exception as e:
                print('E', type(e).__name__, sep='\t')
        """;

    /// <summary>The elements of each file by their path; an "error" element where pydicom gave up.</summary>
    public static async Task<Dictionary<string, Dictionary<string, ElementSummary>>> ReadAsync(
        string root, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        string python = Pydicom.Require();
        using TemporaryFolder folder = new();
        await File.WriteAllLinesAsync(folder["files.txt"], files, cancellationToken);
        await File.WriteAllTextAsync(folder["elements.py"], Script, cancellationToken);
        (int status, string output, string error) = await ExternalTool.RunAsync(
            python, [folder["elements.py"], folder["files.txt"], root], cancellationToken);
        Assert.True(status == 0, error);
        Dictionary<string, Dictionary<string, ElementSummary>> read = new(StringComparer.Ordinal);
        Dictionary<string, ElementSummary> elements = [];
        foreach (string[] fields in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split('\t')))
        {
            if (fields[0] == "F")
                read[fields[1]] = elements = new Dictionary<string, ElementSummary>(StringComparer.Ordinal);
            else if (fields[0] == "E")
                elements["error"] = new ElementSummary(fields[1], 0, "");
            else
                elements[fields[0]] = new ElementSummary(fields[1], int.Parse(fields[2], null), fields[3]);
        }

        return read;
    }
}
