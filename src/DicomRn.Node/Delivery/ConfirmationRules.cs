using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>What becomes of a result that a destination has taken and does not confirm.</summary>
internal sealed class ConfirmationRules(DeliveryOptions options)
{
    /// <summary>The destination reports that it does not take responsibility for it.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="code">Why: Failure Reason, or <see cref="CommitmentFailure.NotInReport"/>.</param>
    /// <param name="now">The time.</param>
    public void NotCommitted(DeliveryRecord delivery, int code, DateTimeOffset now)
    {
        string reason = $"Storage commitment: {CommitmentFailure.Describe(code)}.";
        switch (code)
        {
            case CommitmentFailure.ClassInstanceConflict:
                // Another instance bears this UID there: the same again would not change it.
                delivery.Fail(reason, now);
                break;
            case CommitmentFailure.ClassNotSupported:
                // It does not commit such objects, which says nothing of whether it has this one: C-FIND decides.
                delivery.Postpone(reason, now);
                break;
            default:
                SendAgain(delivery, reason, now);
                break;
        }
    }

    /// <summary>The destination took it, and C-FIND does not find it: it may file with a delay, or it is lost.</summary>
    public void Missing(DeliveryRecord delivery, DateTimeOffset now)
    {
        if (delivery.Checks + 1 < options.QueryAttempts)
            delivery.AskAgain("C-FIND does not find it yet.", now + RetryBackoff.Of(options.QueryDelay, options.MaximumRetryDelay, delivery.Checks));
        else
            SendAgain(delivery, "The destination took it, and C-FIND does not find it.", now);
    }

    /// <summary>The destination answers no C-FIND.</summary>
    public void Unanswerable(DeliveryRecord delivery, PeerCommitment commitment, DateTimeOffset now)
    {
        if (commitment != PeerCommitment.StorageCommitment)
        {
            delivery.Confirm(DeliveryConfirmation.Stored, delivery.LastError ?? "It answers no C-FIND.", now);
            return;
        }

        string reason = $"{delivery.LastError ?? $"No report of the storage commitment within {options.CommitmentTimeout}."} It answers no C-FIND either.";
        if (delivery.Resends >= options.MaximumResends)
            GiveUp(delivery, reason, now);
        else
            delivery.RequestAgain(reason, now + RetryBackoff.Of(options.RetryDelay, options.MaximumRetryDelay, delivery.Resends));
    }

    /// <summary>The destination could not be asked, or cannot answer for now.</summary>
    public void Unreachable(DeliveryRecord delivery, string reason, DateTimeOffset now)
    {
        TimeSpan since = now - (delivery.SentAt ?? now);
        if (since >= options.GiveUpAfter)
        {
            delivery.Fail($"The destination took it, and could not be asked for it for {options.GiveUpAfter}: {reason}", now);
            return;
        }

        // As long again as it has been: that doubles.
        TimeSpan first = since > options.RetryDelay ? since : options.RetryDelay;
        delivery.Postpone(reason, now + RetryBackoff.Of(first, options.MaximumRetryDelay, 0));
    }

    private void SendAgain(DeliveryRecord delivery, string reason, DateTimeOffset now)
    {
        if (delivery.Resends >= options.MaximumResends)
            GiveUp(delivery, reason, now);
        else
            delivery.SendAgain(reason, now + RetryBackoff.Of(options.RetryDelay, options.MaximumRetryDelay, delivery.Resends));
    }

    private static void GiveUp(DeliveryRecord delivery, string reason, DateTimeOffset now) =>
        delivery.Fail($"{reason} Given up after {delivery.Resends} repeats.", now);
}
