using System.Collections.Concurrent;

namespace DicomRn.Node.State;

/// <summary>The store's only writer: the loop that works through the queue.</summary>
internal sealed class StateWriter(IStateDatabase database, LeaseTerms terms, StudyFeed feed)
{
    private const int LargestGroup = 256;
    private readonly List<Receipt> _receipts = [];
    private readonly List<StateWork> _transitions = [];

    /// <summary>Runs until the queue is marked complete and empty.</summary>
    public void Run(BlockingCollection<StateWork> queue)
    {
        foreach (StateWork first in queue.GetConsumingEnumerable())
        {
            Sort(first);
            // Whatever came in while the last commit was syncing shares the next one.
            while (_receipts.Count + _transitions.Count < LargestGroup && queue.TryTake(out StateWork? next))
                Sort(next);
            if (_receipts.Count > 0)
                Record();
            foreach (StateWork transition in _transitions)
                Run(transition);
            _receipts.Clear();
            _transitions.Clear();
        }
    }

    private void Sort(StateWork work)
    {
        if (work is Receipt receipt)
            _receipts.Add(receipt);
        else
            _transitions.Add(work);
    }

    private void Record()
    {
        IReadOnlyList<StudyChanged> changes;
        try
        {
            changes = database.Record(_receipts);
        }
        catch (Exception e)
        {
            foreach (Receipt receipt in _receipts)
                receipt.Fail(e);
            return;
        }

        feed.Publish(changes);
        foreach (Receipt receipt in _receipts)
            receipt.Succeed();
    }

    private void Run(StateWork work)
    {
        IReadOnlyList<StudyChanged> changes;
        try
        {
            changes = database.Run((ITransition)work, terms);
        }
        catch (Exception e)
        {
            work.Fail(e);
            return;
        }

        feed.Publish(changes);
        work.Succeed();
    }
}
