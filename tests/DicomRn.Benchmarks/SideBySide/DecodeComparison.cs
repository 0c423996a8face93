using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// <c>side-by-side decode</c>: from a compressed file to an uncompressed one, here and by the programs of DCMTK and GDCM, alternately in
/// one run, one thread each. The time of a frame is the difference between a file of many frames and one of a single frame, so that the
/// start of a program does not count; the ratio is that of the medians.
/// </summary>
internal static class DecodeComparison
{
    private static readonly CodecPrograms[] Codecs =
    [
        new("RLE", "dcmcrle", "dcmdrle"),
        new("JPEG lossless", "dcmcjpeg +e1", "dcmdjpeg"),
        new("JPEG extended, 12 bits", "dcmcjpeg +ee +bt", "dcmdjpeg"),
        new("JPEG-LS lossless", "dcmcjpls", "dcmdjpls"),
        new("JPEG 2000 lossless", "gdcmconv --j2k", "gdcmconv --raw"),
    ];

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> frames = new("--frames") { Description = "Frames beyond the first.", DefaultValueFactory = _ => 40 };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        RootCommand command = new("Decodes 512 × 512 frames of 12 in 16 bits with dicomrn, DCMTK and GDCM.") { frames, rounds };
        command.SetAction((arguments, token) => CompareAsync(arguments.GetValue(frames), arguments.GetValue(rounds), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(int frames, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("dicomrn-decode-").FullName;
        try
        {
            string one = Path.Combine(folder, "one.dcm"), many = Path.Combine(folder, "many.dcm");
            await FrameImages.Create(1).SaveAsync(one);
            await FrameImages.Create(1 + frames).SaveAsync(many);
            foreach (CodecPrograms codec in Codecs)
            {
                string packedOne = await codec.CompressAsync(one, cancellationToken), packedMany = await codec.CompressAsync(many, cancellationToken);
                List<double> own = [], theirs = [];
                for (int round = -1; round < rounds; round++)
                {
                    double here = Own(packedMany) - Own(packedOne);
                    double there = await codec.DecodeAsync(packedMany, cancellationToken) - await codec.DecodeAsync(packedOne, cancellationToken);
                    if (round < 0)
                        continue;
                    own.Add(here / frames * 1000);
                    theirs.Add(there / frames * 1000);
                }

                double mine = Median(own), other = Median(theirs);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{codec.Name,-24} dicomrn {mine,6:0.00} ms/frame   {codec.Decoder,-14} {other,6:0.00} ms/frame   ratio {other / mine:0.00}"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Own(string packed)
    {
        long start = Stopwatch.GetTimestamp();
        DicomFile.Open(packed).Clone(DicomTransferSyntax.ExplicitVRLittleEndian).Save(packed + ".plain");
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
