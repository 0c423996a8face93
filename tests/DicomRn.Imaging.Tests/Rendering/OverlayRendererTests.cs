using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Rendering;

public sealed class OverlayRendererTests
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(64, 48, 5, 1, new PatientPoint(-32, -24, 0));

    [Fact]
    public void A_scene_without_anything_is_the_image_in_its_window()
    {
        Volume<float> image = new(Grid);
        Array.Fill(image.Voxels, 50);
        RgbImage picture = OverlayRenderer.Render(Scene(image) with { Panels = [new OverlayPanel { FieldOfView = 20 }] });
        (byte r, byte g, byte b) = Pixel(picture, picture.Columns / 2, picture.Rows / 2);
        Assert.Equal((128, 128, 128), (r, g, b));
    }

    [Fact]
    public void The_map_colours_only_the_panel_that_asks_for_it_and_only_where_it_is_high()
    {
        Volume<float> heat = new(Grid);
        for (int j = 20; j < 28; j++)
        {
            for (int i = 28; i < 36; i++)
                heat[i, j, 2] = 1;
        }

        RgbImage picture = OverlayRenderer.Render(Scene(new Volume<float>(Grid)) with
        {
            Heat = new OverlayHeat { Map = heat, Low = 0, High = 1, Title = "Attention" },
            Panels = [new OverlayPanel(), new OverlayPanel { ShowHeat = true }],
            PanelSize = 128,
        });
        Assert.Equal((0, 0, 0), Pixel(picture, 6 + 64, 76));
        (byte r, byte g, byte b) = Pixel(picture, 6 + 128 + 6 + 64, 76);
        Assert.True(r > 100 && r > b, $"{r} {g} {b}");
        Assert.Equal((0, 0, 0), Pixel(picture, 6 + 128 + 6 + 20, 60));
    }

    [Fact]
    public void Text_is_drawn_from_the_font_that_is_part_of_the_program()
    {
        RgbImage without = OverlayRenderer.Render(Scene(new Volume<float>(Grid)) with { Banner = " " });
        RgbImage with = OverlayRenderer.Render(Scene(new Volume<float>(Grid)) with { Banner = "AI, research use, not verified" });
        int yellow = Enumerable.Range(0, with.Pixels.Length / 3)
            .Count(n => with.Pixels[3 * n] > 200 && with.Pixels[3 * n + 1] > 150 && with.Pixels[3 * n + 2] < 120);
        Assert.True(yellow > 100, $"{yellow} pixels of text");
        Assert.NotEqual(without.Pixels, with.Pixels);
    }

    [Fact]
    public void The_outline_surrounds_the_mask_and_the_picture_is_the_same_every_time()
    {
        Volume<byte> mask = new(Grid);
        for (int j = 18; j < 30; j++)
        {
            for (int i = 26; i < 38; i++)
                mask[i, j, 2] = 1;
        }

        OverlayScene scene = Scene(new Volume<float>(Grid)) with { Outlines = [new OverlayOutline(mask, new RgbColor(0, 255, 0))], PanelSize = 256 };
        RgbImage picture = OverlayRenderer.Render(scene);
        int green = Enumerable.Range(0, picture.Pixels.Length / 3).Count(n => picture.Pixels[3 * n + 1] > 150 && picture.Pixels[3 * n] < 80);
        Assert.InRange(green, 4 * 44, 4 * 110);
        Assert.Equal(picture.Pixels, OverlayRenderer.Render(scene).Pixels);
        byte[] png = picture.ToPng();
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(0, picture.Pixels.Length % 2);
    }

    [Fact]
    public void A_scene_that_does_not_fit_together_is_refused()
    {
        Volume<float> image = new(Grid);
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(Scene(image) with { Slice = 5 }));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(Scene(image) with { Panels = [] }));
        Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(Scene(image) with
        {
            Outlines = [new OverlayOutline(new Volume<byte>(Grid with { Origin = PatientPoint.Origin }), default)],
        }));
    }

    [Theory]
    [InlineData(1, 0, 0, "L")]
    [InlineData(-1, 0, 0, "R")]
    [InlineData(0, -1, 0, "A")]
    [InlineData(0, 0.2, 0.98, "H")]
    [InlineData(0, -0.5, -0.87, "FA")]
    [InlineData(0.6, 0.5, 0.62, "HLP")]
    public void Directions_have_the_letters_of_the_patient(double x, double y, double z, string letters) =>
        Assert.Equal(letters, OrientationLetters.Of(new PatientVector(x, y, z).Normalized()));

    [Fact]
    public void The_colours_grow_lighter_all_the_way()
    {
        double[] lightness = [.. Enumerable.Range(0, 256).Select(n => HeatColors.At(n / 255.0)).Select(c => 0.2126 * c.R + 0.7152 * c.G + 0.0722 * c.B)];
        for (int n = 8; n < 256; n += 8)
            Assert.True(lightness[n] > lightness[n - 8], $"at {n}");
    }

    private static OverlayScene Scene(Volume<float> image) => new()
    {
        Image = image,
        Slice = 2,
        Window = new DisplayWindow(0, 100),
        Panels = [new OverlayPanel()],
    };

    private static (byte R, byte G, byte B) Pixel(RgbImage picture, int x, int y)
    {
        int n = (y * picture.Columns + x) * 3;
        return (picture.Pixels[n], picture.Pixels[n + 1], picture.Pixels[n + 2]);
    }
}
