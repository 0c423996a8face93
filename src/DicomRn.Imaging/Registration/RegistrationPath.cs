namespace DicomRn.Imaging.Registration;

/// <summary>A way from one frame of reference to another through registration objects.</summary>
/// <param name="Transform">Takes points along the whole way.</param>
/// <param name="SopInstanceUids">The objects used, in order.</param>
public sealed record RegistrationPath(RigidTransform Transform, IReadOnlyList<string> SopInstanceUids)
{
    /// <summary>
    /// The shortest way between two frames of reference, forwards and backwards through the items of all objects; of ways as short, the
    /// one through the newest objects. Items that are not rigid or depend on an order that programs write differently are no way.
    /// </summary>
    /// <param name="registrations">The objects.</param>
    /// <param name="from">Frame of reference of the points.</param>
    /// <param name="to">Frame of reference that they shall be taken to.</param>
    /// <param name="frameOfImage">Frame of reference of an image by its SOP Instance UID, for items that name images only; null where unknown.</param>
    /// <returns>Null where there is no way.</returns>
    public static RegistrationPath? Find(
        IEnumerable<SpatialRegistration> registrations, string from, string to, Func<string, string?>? frameOfImage = null)
    {
        if (from.Length == 0 || to.Length == 0)
            return null;
        List<(string From, string To, RigidTransform Transform, string Uid)> steps = [];
        foreach (SpatialRegistration r in registrations.OrderByDescending(r => r.MadeAt, StringComparer.Ordinal).ThenBy(r => r.SopInstanceUid, StringComparer.Ordinal))
        {
            foreach (FrameOfReferenceRegistration item in r.Registrations)
            {
                string source = item.SourceFrameOfReferenceUid.Length > 0
                    ? item.SourceFrameOfReferenceUid
                    : item.ReferencedSopInstanceUids.Select(u => frameOfImage?.Invoke(u)).FirstOrDefault(f => f is { Length: > 0 }) ?? "";
                if (item.SourceToRegistered is not { } transform || item.DependsOnOrder || source.Length == 0 || source == r.RegisteredFrameOfReferenceUid)
                    continue;
                steps.Add((source, r.RegisteredFrameOfReferenceUid, transform, r.SopInstanceUid));
                steps.Add((r.RegisteredFrameOfReferenceUid, source, transform.Inverse, r.SopInstanceUid));
            }
        }

        // Breadth first: every frame is reached by the fewest steps, the newest objects first.
        Dictionary<string, RegistrationPath> reached = new() { [from] = new RegistrationPath(RigidTransform.Identity, []) };
        Queue<string> open = new([from]);
        while (open.TryDequeue(out string? frame) && !reached.ContainsKey(to))
        {
            RegistrationPath path = reached[frame];
            foreach ((_, string next, RigidTransform transform, string uid) in steps.Where(s => s.From == frame && !reached.ContainsKey(s.To)))
            {
                if (reached.TryAdd(next, new RegistrationPath(path.Transform.Then(transform), [.. path.SopInstanceUids, uid])))
                    open.Enqueue(next);
            }
        }

        return reached.GetValueOrDefault(to);
    }
}
