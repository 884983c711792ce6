package dev.propensity.table.arrow;

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
import java.util.Map;

/** An Arrow IPC file that is written: schema, record batches, footer. */
public final class ArrowFileWriter implements AutoCloseable {
  private final List<ArrowColumn> columns;
  private final FileChannel file;
  private final List<ArrowMetadata.BatchBlock> blocks = new ArrayList<>();
  private final List<long[]> lengths = new ArrayList<>(); // by block, of its buffers
  private final List<Integer> rows = new ArrayList<>(); // by block
  private ByteBuffer body = ByteBuffer.allocate(0);
  private long length;

  /**
   * Begins the file, which may exist.
   *
   * @param metadata of the schema
   */
  public ArrowFileWriter(Path path, List<ArrowColumn> columns, Map<String, String> metadata) {
    this.columns = List.copyOf(columns);
    try {
      this.file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      ByteBuffer magic = ByteBuffer.allocate(8).put(ArrowMetadata.MAGIC).rewind();
      writeFully(magic);
      writeMessage(ArrowMetadata.schema(this.columns, metadata));
    } catch (IOException e) {
      close(); // no one else can
      throw new UncheckedIOException(e);
    }
  }

  public boolean isOpen() {
    return file.isOpen();
  }

  /** The file's length so far, in bytes. */
  public long length() {
    return length;
  }

  /** Writes a batch. */
  public void write(ArrowBody batch) {
    long[] buffers = batch.lengths();
    long bodyLength = Arrays.stream(buffers).map(ArrowMetadata::padded).sum();
    try {
      long offset = length;
      writeMessage(ArrowMetadata.batch(batch.rows(), batch.nulls(), buffers));
      int metadataLength = (int) (length - offset);
      ByteBuffer buffer = room(Math.toIntExact(bodyLength));
      batch.put(buffer);
      writeFully(buffer.flip());
      blocks.add(new ArrowMetadata.BatchBlock(offset, metadataLength, bodyLength));
      lengths.add(buffers);
      rows.add(batch.rows());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces the codes of a float32 column in all batches.
   *
   * @param codes the new code by the old one; NaN stays
   */
  public void recode(int column, float[] codes) {
    try {
      for (int i = 0; i < blocks.size(); i++) {
        recode(i, column, codes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void recode(int block, int column, float[] codes) throws IOException {
    int values = 1; // the buffer after the validity
    for (ArrowColumn before : columns.subList(0, column)) {
      values += before.type().buffers();
    }
    long start = blocks.get(block).offset() + blocks.get(block).metadataLength();
    for (int i = 0; i < values; i++) {
      start += ArrowMetadata.padded(lengths.get(block)[i]);
    }
    int count = rows.get(block);
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
    int padded = (int) ArrowMetadata.padded(metadata.remaining());
    ByteBuffer message = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(ArrowMetadata.CONTINUATION).putInt(padded).put(metadata);
    writeFully(message.rewind());
  }

  private void writeFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      length += file.write(buffer);
    }
  }

  /**
   * Writes the footer, without which the file is incomplete.
   *
   * @param metadata of the footer's schema, which is the one that readers of files use
   */
  public void finish(Map<String, String> metadata) {
    try {
      ByteBuffer footer = ArrowMetadata.footer(columns, metadata, blocks);
      int bytes = footer.remaining();
      ByteBuffer end =
          ByteBuffer.allocate(8 + bytes + 4 + ArrowMetadata.MAGIC.length)
              .order(ByteOrder.LITTLE_ENDIAN);
      end.putInt(ArrowMetadata.CONTINUATION).putInt(0);
      end.put(footer).putInt(bytes).put(ArrowMetadata.MAGIC);
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
