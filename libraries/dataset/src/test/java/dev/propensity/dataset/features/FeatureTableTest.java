package dev.propensity.dataset.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTableTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatItWrites() {
    Path file = folder.resolve("train.arrow");
    table(3).write(file, "id", "bought");
    FeatureTable read = FeatureTable.read(file);
    assertThat(read.names()).containsExactly("age", "city");
    assertThat(read.identifiers()).containsExactly("ä0", "ä1", "ä2");
    assertThat(read.labels()).containsExactly(0, 1, 0);
    assertThat(read.values()).containsExactly(0, Float.NaN, 1, Float.NaN, 2, Float.NaN);
  }

  @Test
  void appendsTheRowsOfAnotherTable() {
    FeatureTable both = table(2).and(table(1));
    assertThat(both.names()).containsExactly("age", "city");
    assertThat(both.labels()).containsExactly(0, 1, 0);
    assertThat(both.values()).containsExactly(0, Float.NaN, 1, Float.NaN, 0, Float.NaN);
  }

  @Test
  void readsBackManyBatchesAndNone() {
    for (int rows : new int[] {0, 65_536, 200_001}) {
      Path file = folder.resolve(rows + ".arrow");
      FeatureTable table = table(rows);
      table.write(file, "id", "bought");
      FeatureTable read = FeatureTable.read(file);
      assertThat(read.identifiers()).isEqualTo(table.identifiers());
      assertThat(read.labels()).isEqualTo(table.labels());
      assertThat(read.values()).isEqualTo(table.values());
    }
  }

  @Test
  void arrowsOwnReaderReadsIt() throws IOException {
    Path file = folder.resolve("train.arrow");
    table(70_000).write(file, "id", "bought");
    int rows = 0;
    try (RootAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(Files.newByteChannel(file), allocator)) {
      while (reader.loadNextBatch()) {
        var root = reader.getVectorSchemaRoot();
        for (int i = 0; i < root.getRowCount(); i++, rows++) {
          assertThat(((VarCharVector) root.getVector("id")).getObject(i)).hasToString("ä" + rows);
          assertThat(((TinyIntVector) root.getVector("bought")).get(i))
              .isEqualTo((byte) (rows % 2));
          assertThat(((Float4Vector) root.getVector("age")).get(i)).isEqualTo((float) rows);
          assertThat(((Float4Vector) root.getVector("city")).get(i)).isNaN();
        }
      }
    }
    assertThat(rows).isEqualTo(70_000);
  }

  @Test
  void rejectsAFileThatIsNotASplit() throws IOException {
    Path file = folder.resolve("train.arrow");
    table(3).write(file, "id", "bought");
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 30, bytes.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> FeatureTable.read(file))
          .isInstanceOf(UserException.class)
          .hasMessage("train.arrow is not a split's Arrow file, or is damaged");
    }
  }

  private static FeatureTable table(int rows) {
    String[] identifiers = new String[rows];
    byte[] labels = new byte[rows];
    float[] values = new float[rows * 2];
    for (int i = 0; i < rows; i++) {
      identifiers[i] = "ä" + i;
      labels[i] = (byte) (i % 2);
      values[2 * i] = i;
      values[2 * i + 1] = Float.NaN;
    }
    return new FeatureTable(List.of("age", "city"), identifiers, labels, values);
  }
}
