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

/** An Arrow IPC file that is written: schema, record batches, footer. */
final class ArrowFile implements AutoCloseable {
  private final List<String> names;
  private final FileChannel file;
  private final List<ArrowMetadata.BatchBlock> blocks = new ArrayList<>();
  private final List<Integer> blockRows = new ArrayList<>();
  private ByteBuffer body = ByteBuffer.allocate(0);

  /**
   * @param names of the identifier, the label and the features
   */
  ArrowFile(Path path, List<String> names) {
    this.names = List.copyOf(names);
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

  boolean isOpen() {
    return file.isOpen();
  }

  /** Writes a batch. */
  void write(ArrowBatch batch) {
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
  }

  /** Replaces the codes of a feature in all batches; see {@link ArrowWriter#recode}. */
  void recode(int feature, float[] codes) {
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
    long start = bodyStart + block.bodyLength() - columnBytes * (names.size() - 2 - feature);
    ByteBuffer buffer = room(4 * count);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, start + buffer.position()) < 0) {
        throw new IOException("the file is truncated");
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

  /** Writes the footer. */
  void finish() {
    try {
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

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
