package dev.propensity.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngPlotTest {
  private static final List<Double> X = List.of(0.0, 0.5, 1.0);
  private static final List<Double> Y = List.of(0.0, 0.9, 1.0);

  @TempDir private Path folder;

  @Test
  void drawsALineInItsColourAndTheDiagonalInGreyWithoutADisplay() throws IOException {
    BufferedImage picture =
        picture(
            new PngPlot("ROC curve", "x", "y")
                .square(1)
                .curve("candidate", 0x1f6feb, X, Y)
                .diagonal("random", 1));
    assertThat(picture.getWidth()).isEqualTo(720);
    assertThat(picture.getHeight()).isEqualTo(540);
    assertThat(has(picture, 0x1f6feb)).isTrue();
    assertThat(has(picture, 0x8c959f)).isTrue();
    assertThat(has(picture, 0xbc6c00)).isFalse();
  }

  @Test
  void givesLinesWithoutAColourOneEach() throws IOException {
    BufferedImage one = picture(new PngPlot("AUC", "fold", "AUC").points("a", List.of(1, 2, 3), Y));
    BufferedImage two =
        picture(new PngPlot("AUC", "fold", "AUC").curve("a", X, Y).curve("b", Y, X));
    assertThat(colours(two)).isGreaterThan(colours(one));
  }

  private BufferedImage picture(PngPlot plot) throws IOException {
    Path file = folder.resolve("plot.png");
    plot.write(file);
    return ImageIO.read(file.toFile());
  }

  private static boolean has(BufferedImage picture, int rgb) {
    return pixels(picture).anyMatch(pixel -> pixel == rgb);
  }

  private static long colours(BufferedImage picture) {
    return pixels(picture).distinct().count();
  }

  private static IntStream pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return Arrays.stream(picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width))
        .map(pixel -> pixel & 0xffffff);
  }
}
