using System.Globalization;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Pretraining;

namespace DicomRn.Learning.Reproduction;

/// <summary>Tells where a reproduction stands, not more often than every some seconds.</summary>
internal sealed class ReproductionReports(IProgress<ReproductionProgress>? progress, int steps, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(15);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = time;
    private string _step = "";
    private int _number;
    private long _stepBegan;
    private long _told;

    /// <summary>A step begins.</summary>
    public void Begin(string step)
    {
        (_step, _number, _stepBegan, _told) = (step, _number + 1, _time.GetTimestamp(), 0);
        Tell("begins");
    }

    /// <summary>A step was done by an earlier call.</summary>
    public void Skip(string step)
    {
        (_step, _number) = (step, _number + 1);
        Tell("was done before");
    }

    /// <summary>The step is done.</summary>
    public void End() => Tell($"done in {Text(_time.GetElapsedTime(_stepBegan))}");

    /// <summary>For work that tells the share done of a number of things, from where it was carried on.</summary>
    /// <param name="what">What is done to them.</param>
    /// <param name="unit">What they are, in the plural.</param>
    /// <param name="count">How many there are; null where only the share counts.</param>
    public IProgress<double> Share(string what, string unit, int? count) => new Shares(this, what, unit, count);

    /// <summary>For pre-training.</summary>
    public IProgress<PretrainingProgress> Pretraining() => new Lines<PretrainingProgress>(p => Often(
        string.Create(CultureInfo.InvariantCulture, $"update {p.Step} of {p.Steps}, loss {p.Loss:F4}, {p.SubVolumesPerSecond:F1} sub-volumes/s, {Text(p.TimeLeft)} left"),
        p.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:F4}") : ""));

    /// <summary>For the training of a classifier.</summary>
    public IProgress<FinetuningProgress> Finetuning()
    {
        double first = -1;
        long began = 0;
        return new Lines<FinetuningProgress>(p =>
        {
            if (first < 0)
                (first, began) = (p.Done, _time.GetTimestamp());
            double minutes = _time.GetElapsedTime(began).TotalMinutes;
            string rate = p.Done > first && minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $", {100 * (p.Done - first) / minutes:F1} %/min") : "";
            string loss = p.Loss is { } l ? string.Create(CultureInfo.InvariantCulture, $", loss {l:F4}") : "";
            Often(string.Create(CultureInfo.InvariantCulture, $"{p.Part}, {100 * p.Done:F0} %{loss}{rate}, {Text(p.TimeLeft)} left"), "");
        });
    }

    private static string Text(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}");

    /// <summary>What must be told is told at once.</summary>
    private void Often(string text, string must)
    {
        lock (_gate)
        {
            if (must.Length == 0 && _told != 0 && _time.GetElapsedTime(_told) < Between)
                return;
            _told = _time.GetTimestamp();
            Tell(text + must);
        }
    }

    private void Tell(string text) => progress?.Report(new ReproductionProgress(_number, steps, _step, text));

    // Not System.Progress: that one reports from the thread pool, late and out of order.
    private sealed class Lines<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }

    private sealed class Shares(ReproductionReports reports, string what, string unit, int? count) : IProgress<double>
    {
        private readonly Lock _gate = new();
        private double _first = 2;
        private double _last = 2;
        private long _began;

        public void Report(double value)
        {
            lock (_gate)
            {
                // Threads may report a little out of order; a new beginning is far below.
                if (value < _last - 0.5 || _first > 1)
                    (_first, _began) = (value, reports._time.GetTimestamp());
                _last = value;
                double seconds = reports._time.GetElapsedTime(_began).TotalSeconds, perSecond = seconds > 0 ? (value - _first) / seconds : 0;
                string done = count is { } n ? $"{(int)Math.Round(value * n)} of {n} {unit}" : string.Create(CultureInfo.InvariantCulture, $"{100 * value:F0} %");
                string rate = perSecond > 0 ? Rate(perSecond, (1 - value) / perSecond) : "";
                reports.Often($"{what}, {done}{rate}", "");
            }
        }

        private string Rate(double perSecond, double left) => (count is { } n
            ? string.Create(CultureInfo.InvariantCulture, $", {perSecond * n:F1} {unit}/s")
            : string.Create(CultureInfo.InvariantCulture, $", {6000 * perSecond:F1} %/min")) + $", {Text(TimeSpan.FromSeconds(left))} left";
    }
}
