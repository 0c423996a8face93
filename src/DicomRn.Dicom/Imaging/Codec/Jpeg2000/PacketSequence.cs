namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A packet: one layer of one precinct.</summary>
internal readonly record struct Packet(int Component, int Resolution, int Precinct, int Layer);

/// <summary>
/// The order of a tile's packets (T.800 B.12). Every precinct has a place on the reference grid; sorting them by the keys of
/// the progression gives the order that the standard's nested loops have, and visits nothing that is not there.
/// </summary>
internal static class PacketSequence
{
    /// <summary>All packets of a tile, each once.</summary>
    public static IEnumerable<Packet> Of(TileComponent[] components, SampleArea tile, CodingParameters parameters)
    {
        int layers = parameters.Tile.Layers;
        if (parameters.Progression.Count == 0)
        {
            ProgressionChange all = new(0, 0, layers, int.MaxValue, components.Length, parameters.Tile.Order);
            return InVolume(components, tile, all);
        }

        return parameters.Progression.SelectMany(
            change => InVolume(components, tile, change with { EndLayer = Math.Min(layers, change.EndLayer) }));
    }

    private static IEnumerable<Packet> InVolume(TileComponent[] components, SampleArea tile, ProgressionChange volume)
    {
        if (volume.EndLayer == 0)
            return [];
        Place[] places = [.. PlacesIn(components, tile, volume)];
        Array.Sort(places, Comparison(volume.Order));
        switch (volume.Order)
        {
            case ProgressionOrder.LayerResolutionComponentPosition:
                return ByLayer(components, places, volume.EndLayer);
            case ProgressionOrder.ResolutionLayerComponentPosition:
                return places.GroupBy(p => p.Resolution).SelectMany(g => ByLayer(components, [.. g], volume.EndLayer));
            default:
                return places.SelectMany(p => ByLayer(components, [p], volume.EndLayer));
        }
    }

    /// <summary>Layer after layer of some precincts, from the first that is not yet read.</summary>
    private static IEnumerable<Packet> ByLayer(TileComponent[] components, Place[] places, int endLayer)
    {
        if (places.Length == 0)
            yield break;
        int first = places.Min(LayersRead);
        for (int layer = first; layer < endLayer; layer++)
        {
            foreach (Place place in places)
            {
                if (LayersRead(place) == layer)
                    yield return new Packet(place.Component, place.Resolution, place.Precinct, layer);
            }
        }

        int LayersRead(Place place) => components[place.Component].Resolutions[place.Resolution].LayersRead(place.Precinct);
    }

    private static IEnumerable<Place> PlacesIn(TileComponent[] components, SampleArea tile, ProgressionChange volume)
    {
        for (int c = volume.FirstComponent; c < Math.Min(volume.EndComponent, components.Length); c++)
        {
            Resolution[] resolutions = components[c].Resolutions;
            for (int r = volume.FirstResolution; r < Math.Min(volume.EndResolution, resolutions.Length); r++)
            {
                for (int p = 0; p < resolutions[r].PrecinctCount; p++)
                {
                    (long x, long y) = resolutions[r].Position(p, tile);
                    yield return new Place(c, r, p, x, y);
                }
            }
        }
    }

    private static Comparison<Place> Comparison(ProgressionOrder order) => order switch
    {
        ProgressionOrder.LayerResolutionComponentPosition or ProgressionOrder.ResolutionLayerComponentPosition
            => (a, b) => (a.Resolution, a.Component, a.Precinct).CompareTo((b.Resolution, b.Component, b.Precinct)),
        ProgressionOrder.ResolutionPositionComponentLayer
            => (a, b) => (a.Resolution, a.Y, a.X, a.Component, a.Precinct).CompareTo((b.Resolution, b.Y, b.X, b.Component, b.Precinct)),
        ProgressionOrder.PositionComponentResolutionLayer
            => (a, b) => (a.Y, a.X, a.Component, a.Resolution, a.Precinct).CompareTo((b.Y, b.X, b.Component, b.Resolution, b.Precinct)),
        _ => (a, b) => (a.Component, a.Y, a.X, a.Resolution, a.Precinct).CompareTo((b.Component, b.Y, b.X, b.Resolution, b.Precinct)),
    };

    private readonly record struct Place(int Component, int Resolution, int Precinct, long X, long Y);
}
