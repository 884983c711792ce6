package dev.propensity.dataset.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a split as an Arrow IPC file, batch by batch, in little memory. Categories are first
 * written with provisional codes and recoded in place when all are known.
 */
public final class ArrowWriter implements AutoCloseable {
  private final List<String> names;
  private final FileChannel file;
  private final ArrowBatch batch;
  private final List<ArrowMetadata.BatchBlock> blocks = new ArrayList<>();
  private final List<Integer> blockRows = new ArrayList<>();
  private long total;
  private ByteBuffer body = ByteBuffer.allocate(0);

  /**
   * @param names of the identifier, the label and the features
   */
  public ArrowWriter(Path path, List<String> names) {
    this.names = List.copyOf(names);
    this.batch = new ArrowBatch(names.size() - 2);
    try {
      this.file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      ByteBuffer magic = ByteBuffer.allocate(8).put(ArrowMetadata.MAGIC).rewind();
      writeFully(magic);
      writeMessage(ArrowMetadata.schema(this.names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows were added. */
  long rows() {
    return total;
  }

  /**
   * Adds a row.
   *
   * @param utf8 holds the identifier, from {@code from}
   * @param label 1 positive, 0 negative, -1 unknown
   * @param values the features
   */
  public void add(byte[] utf8, int from, int length, byte label, float[] values) {
    if (batch.isFull()) {
      flush();
    }
    batch.add(utf8, from, length, label, values);
    total++;
  }

  /**
   * Replaces the codes of a feature in all rows added so far.
   *
   * @param codes the new code by the old one; NaN stays
   */
  void recode(int feature, float[] codes) {
    flush();
    try {
      for (int i = 0; i < blocks.size(); i++) {
        recode(blocks.get(i), blockRows.get(i), feature, codes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void recode(ArrowMetadata.BatchBlock block, int count, int feature, float[] codes)
      throws IOException {
    long bodyStart = block.offset() + block.metadataLength();
    long columnBytes = ArrowMetadata.padded(4L * count);
    long start = bodyStart + block.bodyLength() - columnBytes * (batch.features() - feature);
    ByteBuffer buffer = room(4 * count);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, start + buffer.position()) < 0) {
        throw new IOException("the file is cut short");
      }
    }
    buffer.flip();
    for (int i = 0; i < count; i++) {
      float code = buffer.getFloat(4 * i);
      if (code == code) {
        buffer.putFloat(4 * i, codes[(int) code]);
      }
    }
    while (buffer.hasRemaining()) {
      file.write(buffer, start + buffer.position());
    }
  }

  private ByteBuffer room(int bytes) {
    if (body.capacity() < bytes) {
      body = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return body.clear().limit(bytes);
  }

  private void flush() {
    if (batch.rows() == 0) {
      return;
    }
    long[] lengths = batch.lengths();
    long bodyLength = Arrays.stream(lengths).map(ArrowMetadata::padded).sum();
    try {
      long offset = file.position();
      writeMessage(ArrowMetadata.batch(batch.rows(), batch.features() + 2, lengths));
      int metadataLength = (int) (file.position() - offset);
      ByteBuffer buffer = room(Math.toIntExact(bodyLength));
      batch.putBody(buffer);
      writeFully(buffer.flip());
      blocks.add(new ArrowMetadata.BatchBlock(offset, metadataLength, bodyLength));
      blockRows.add(batch.rows());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    batch.clear();
  }

  private void writeMessage(ByteBuffer metadata) throws IOException {
    int length = (int) ArrowMetadata.padded(metadata.remaining());
    ByteBuffer message = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(ArrowMetadata.CONTINUATION).putInt(length).put(metadata);
    writeFully(message.rewind());
  }

  private void writeFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  /** Writes the rest and the footer. Further calls do nothing. */
  @Override
  public void close() {
    if (!file.isOpen()) {
      return;
    }
    try (file) {
      flush();
      ByteBuffer metadata = ArrowMetadata.footer(names, blocks);
      int length = metadata.remaining();
      ByteBuffer end =
          ByteBuffer.allocate(8 + length + 4 + ArrowMetadata.MAGIC.length)
              .order(ByteOrder.LITTLE_ENDIAN);
      end.putInt(ArrowMetadata.CONTINUATION).putInt(0);
      end.put(metadata).putInt(length).put(ArrowMetadata.MAGIC);
      writeFully(end.flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
