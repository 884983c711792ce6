package dev.propensity.table.arrow;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/** An Arrow IPC file that is read, batch by batch. */
public final class ArrowFileReader implements AutoCloseable {
  private final ArrowSource file;
  private final String damaged;
  private final Footer footer;
  private final List<ArrowColumn> columns;
  private final int batches;

  /**
   * Reads the footer.
   *
   * @param damaged the error where it is no such file, or damaged
   * @throws UserException with this error
   */
  public ArrowFileReader(Path path, String damaged) {
    this(opened(path), damaged);
  }

  /**
   * Reads the footer of a file in memory, of which batches are views.
   *
   * @param content of the file, with an array, from the buffer's position to its limit
   * @param damaged the error where it is no such file, or damaged
   * @throws UserException with this error
   */
  public ArrowFileReader(ByteBuffer content, String damaged) {
    this(ArrowSource.of(content), damaged);
  }

  private ArrowFileReader(ArrowSource file, String damaged) {
    this.file = file;
    this.damaged = damaged;
    try {
      this.footer = footer();
      this.columns = readColumns();
      this.batches = footer.recordBatchesLength();
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw rejection(e);
    }
  }

  private static ArrowSource opened(Path path) {
    try {
      return ArrowSource.of(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Footer footer() throws IOException {
    int tail = 4 + ArrowMetadata.MAGIC.length;
    if (file.size() < 2L * tail) {
      throw new UserException(damaged);
    }
    ByteBuffer end = read(file.size() - tail, tail);
    int length = end.getInt();
    for (byte expected : ArrowMetadata.MAGIC) {
      if (end.get() != expected) {
        throw new UserException(damaged);
      }
    }
    if (length <= 0 || length > file.size() - 2L * tail) {
      throw new UserException(damaged);
    }
    return Footer.getRootAsFooter(read(file.size() - tail - length, length));
  }

  private List<ArrowColumn> readColumns() {
    List<ArrowColumn> all = new ArrayList<>();
    Schema schema = footer.schema();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Field field = schema.fields(i);
      ArrowColumn.Type type = ArrowMetadata.type(field);
      if (type == null) {
        throw new UserException(damaged);
      }
      all.add(new ArrowColumn(field.name(), type, field.nullable()));
    }
    return List.copyOf(all);
  }

  public List<ArrowColumn> columns() {
    return columns;
  }

  /** The metadata of the footer's schema. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      for (int i = 0; i < footer.schema().customMetadataLength(); i++) {
        KeyValue pair = footer.schema().customMetadata(i);
        metadata.put(pair.key(), pair.value());
      }
    } catch (RuntimeException e) {
      throw rejection(e);
    }
    return metadata;
  }

  /** How many batches the file has. */
  public int batches() {
    return batches;
  }

  /** How many rows a batch has. */
  public long rows(int batch) {
    try {
      return message(footer.recordBatches(batch)).length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw rejection(e);
    }
  }

  /** Reads a batch. */
  public Batch batch(int batch) {
    try {
      Block block = footer.recordBatches(batch);
      long start = block.offset() + block.metaDataLength();
      if (start < 0 || block.bodyLength() < 0 || start + block.bodyLength() > file.size()) {
        throw new UserException(damaged);
      }
      return new Batch(message(block), read(start, Math.toIntExact(block.bodyLength())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw rejection(e);
    }
  }

  private RecordBatch message(Block block) throws IOException {
    int length = block.metaDataLength() - 8;
    if (block.offset() < 0 || length < 0 || block.offset() + length > file.size()) {
      throw new UserException(damaged);
    }
    Message message = Message.getRootAsMessage(read(block.offset() + 8, length));
    return (RecordBatch) Objects.requireNonNull(message.header(new RecordBatch()));
  }

  /** A record batch in memory. */
  public static final class Batch {
    private final RecordBatch batch;
    private final ByteBuffer body;
    private final int rows;

    private Batch(RecordBatch batch, ByteBuffer body) {
      this.batch = batch;
      this.body = body;
      this.rows = Math.toIntExact(batch.length());
    }

    public int rows() {
      return rows;
    }

    /** How many values of a column are missing. */
    public int nulls(int column) {
      return (int) batch.nodes(column).nullCount();
    }

    /**
     * A buffer of the body, little-endian; see {@link ArrowBody#lengths} for their order.
     *
     * @throws IndexOutOfBoundsException if the file is damaged
     */
    public ByteBuffer buffer(int index) {
      return body.slice((int) batch.buffers(index).offset(), (int) batch.buffers(index).length())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer buffer = file.read(from, length);
    if (buffer.remaining() < length) {
      throw new UserException(damaged);
    }
    return buffer;
  }

  // The format's classes do not check what they read: damaged offsets end in such exceptions.
  private RuntimeException rejection(RuntimeException e) {
    return e instanceof UserException ? e : new UserException(damaged, e);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
