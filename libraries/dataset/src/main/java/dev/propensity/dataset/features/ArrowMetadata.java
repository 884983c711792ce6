package dev.propensity.dataset.features;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * The metadata of a split's <a href="https://arrow.apache.org/docs/format/Columnar.html">Arrow IPC
 * file</a>: the identifier as utf8, the label as int8, then the features as float32, none of them
 * nullable. Written with Arrow's own format classes, without its vectors and their memory: a task
 * starts half a second sooner, and needs no {@code --add-opens}.
 */
final class ArrowMetadata {
  static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};
  static final int CONTINUATION = -1;

  /** The position of a record batch in the file. */
  record BatchBlock(long offset, int metadataLength, long bodyLength) {}

  private ArrowMetadata() {}

  /** The message that begins the file. */
  static ByteBuffer schema(List<String> names) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder, names);
    return message(builder, MessageHeader.Schema, schema, 0);
  }

  private static int schema(FlatBufferBuilder builder, List<String> names) {
    int[] fields = new int[names.size()];
    for (int i = 0; i < fields.length; i++) {
      byte kind = i == 0 ? Type.Utf8 : i == 1 ? Type.Int : Type.FloatingPoint;
      int name = builder.createString(names.get(i));
      int type = type(builder, kind);
      int children = Field.createChildrenVector(builder, new int[0]);
      fields[i] = Field.createField(builder, name, false, kind, type, 0, children, 0);
    }
    int vector = Schema.createFieldsVector(builder, fields);
    return Schema.createSchema(builder, Endianness.Little, vector, 0, 0);
  }

  private static int type(FlatBufferBuilder builder, byte kind) {
    switch (kind) {
      case Type.Utf8:
        Utf8.startUtf8(builder);
        return Utf8.endUtf8(builder);
      case Type.Int:
        return Int.createInt(builder, 8, true);
      default:
        return FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
    }
  }

  /**
   * The message of a record batch.
   *
   * @param buffers the lengths of the body's buffers: none for validity, so 0, then the data of
   *     each column; a utf8 column has offsets before its data
   */
  static ByteBuffer batch(int rows, int columns, long[] buffers) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, columns);
    for (int i = 0; i < columns; i++) {
      FieldNode.createFieldNode(builder, rows, 0);
    }
    int nodes = builder.endVector();
    long end = 0;
    for (long length : buffers) {
      end += padded(length);
    }
    long bodyLength = end;
    RecordBatch.startBuffersVector(builder, buffers.length);
    for (int i = buffers.length - 1; i >= 0; i--) { // flatbuffers are built from the end
      end -= padded(buffers[i]);
      Buffer.createBuffer(builder, end, buffers[i]);
    }
    int vector = builder.endVector();
    int batch = RecordBatch.createRecordBatch(builder, rows, nodes, vector, 0, 0);
    return message(builder, MessageHeader.RecordBatch, batch, bodyLength);
  }

  /** The length up to the next multiple of 8. */
  static long padded(long length) {
    return (length + 7) & ~7L;
  }

  private static ByteBuffer message(
      FlatBufferBuilder builder, byte kind, int header, long bodyLength) {
    Message.finishMessageBuffer(
        builder, Message.createMessage(builder, MetadataVersion.V5, kind, header, bodyLength, 0));
    return builder.dataBuffer();
  }

  /** The footer that ends the file. */
  static ByteBuffer footer(List<String> names, List<BatchBlock> blocks) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder, names);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, blocks.size());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      BatchBlock block = blocks.get(i);
      Block.createBlock(builder, block.offset(), block.metadataLength(), block.bodyLength());
    }
    int batches = builder.endVector();
    Footer.finishFooterBuffer(
        builder,
        Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, batches, 0));
    return builder.dataBuffer();
  }
}
