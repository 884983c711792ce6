package dev.propensity.dataset.features;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Type;

/** Reads a split's Arrow IPC file as {@link ArrowWriter} writes it. */
final class ArrowReader {
  private final Path path;
  private final FileChannel file;

  private ArrowReader(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  static FeatureTable read(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new ArrowReader(path, file).table();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FeatureTable table() throws IOException {
    Footer footer = footer();
    List<String> names = names(footer);
    Block[] blocks = new Block[footer.recordBatchesLength()];
    RecordBatch[] batches = new RecordBatch[blocks.length];
    long rows = 0;
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = footer.recordBatches(i);
      batches[i] = batch(blocks[i]);
      rows += batches[i].length();
    }
    int features = names.size() - 2;
    if (rows * Math.max(1, features) > Integer.MAX_VALUE - 8) {
      throw new UserException(path.getFileName() + " has " + rows + " rows: too many for memory");
    }
    byte[] labels = new byte[(int) rows];
    float[] values = new float[(int) rows * features];
    Identifiers identifiers = new Identifiers((int) rows);
    int row = 0;
    for (int i = 0; i < blocks.length; i++) {
      int count = (int) batches[i].length();
      ByteBuffer body =
          read(
              blocks[i].offset() + blocks[i].metaDataLength(),
              Math.toIntExact(blocks[i].bodyLength()));
      identifiers.add(buffer(body, batches[i], 1), buffer(body, batches[i], 2), row, count);
      buffer(body, batches[i], 4).get(labels, row, count);
      float[] column = new float[count];
      for (int feature = 0; feature < features; feature++) {
        buffer(body, batches[i], 6 + 2 * feature).asFloatBuffer().get(column);
        for (int r = 0, to = row * features + feature; r < count; r++, to += features) {
          values[to] = column[r];
        }
      }
      row += count;
    }
    return new FeatureTable(names.subList(2, names.size()), identifiers, labels, values);
  }

  private Footer footer() throws IOException {
    int tail = 4 + ArrowMetadata.MAGIC.length;
    if (file.size() < 2L * tail) {
      throw rejection();
    }
    ByteBuffer end = read(file.size() - tail, tail);
    int length = end.getInt();
    for (byte expected : ArrowMetadata.MAGIC) {
      if (end.get() != expected) {
        throw rejection();
      }
    }
    if (length <= 0 || length > file.size() - 2L * tail) {
      throw rejection();
    }
    return Footer.getRootAsFooter(read(file.size() - tail - length, length));
  }

  private List<String> names(Footer footer) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < footer.schema().fieldsLength(); i++) {
      Field field = footer.schema().fields(i);
      byte kind = i == 0 ? Type.Utf8 : i == 1 ? Type.Int : Type.FloatingPoint;
      if (field.typeType() != kind) {
        throw rejection();
      }
      names.add(field.name());
    }
    if (names.size() < 2) {
      throw rejection();
    }
    return names;
  }

  private RecordBatch batch(Block block) throws IOException {
    ByteBuffer message = read(block.offset() + 8, block.metaDataLength() - 8);
    return (RecordBatch) Message.getRootAsMessage(message).header(new RecordBatch());
  }

  private ByteBuffer buffer(ByteBuffer body, RecordBatch batch, int index) {
    return body.slice((int) batch.buffers(index).offset(), (int) batch.buffers(index).length())
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw rejection();
      }
    }
    return buffer.flip();
  }

  private UserException rejection() {
    return new UserException(path.getFileName() + " is not a split's Arrow file, or is damaged");
  }
}
