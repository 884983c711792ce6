package dev.propensity.table.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an <a href="https://arrow.apache.org/docs/format/Columnar.html">Arrow IPC
 * file</a>, made with Arrow's format classes.
 */
final class ArrowMetadata {
  static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};
  static final int CONTINUATION = -1;

  /** The position of a record batch in the file. */
  record BatchBlock(long offset, int metadataLength, long bodyLength) {}

  private ArrowMetadata() {}

  /** The message that begins the file. */
  static ByteBuffer schema(List<ArrowColumn> columns, Map<String, String> metadata) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder, columns, metadata);
    return message(builder, MessageHeader.Schema, schema, 0);
  }

  private static int schema(
      FlatBufferBuilder builder, List<ArrowColumn> columns, Map<String, String> metadata) {
    int[] fields = new int[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      ArrowColumn column = columns.get(i);
      int name = builder.createString(column.name());
      int type = type(builder, column.type());
      int children = Field.createChildrenVector(builder, new int[0]);
      fields[i] =
          Field.createField(
              builder, name, column.nullable(), kind(column.type()), type, 0, children, 0);
    }
    int vector = Schema.createFieldsVector(builder, fields);
    return Schema.createSchema(builder, Endianness.Little, vector, pairs(builder, metadata), 0);
  }

  private static int pairs(FlatBufferBuilder builder, Map<String, String> metadata) {
    if (metadata.isEmpty()) {
      return 0;
    }
    int[] pairs =
        metadata.entrySet().stream()
            .mapToInt(
                pair -> {
                  int key = builder.createString(pair.getKey());
                  int value = builder.createString(pair.getValue());
                  return KeyValue.createKeyValue(builder, key, value);
                })
            .toArray();
    return Schema.createCustomMetadataVector(builder, pairs);
  }

  private static byte kind(ArrowColumn.Type type) {
    return switch (type) {
      case UTF8 -> Type.Utf8;
      case INT8, INT32 -> Type.Int;
      case FLOAT32 -> Type.FloatingPoint;
      case TIMESTAMP -> Type.Timestamp;
    };
  }

  private static int type(FlatBufferBuilder builder, ArrowColumn.Type type) {
    switch (type) {
      case UTF8:
        Utf8.startUtf8(builder);
        return Utf8.endUtf8(builder);
      case INT8:
        return Int.createInt(builder, 8, true);
      case INT32:
        return Int.createInt(builder, 32, true);
      case FLOAT32:
        return FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
      default:
        int zone = builder.createString("UTC");
        return Timestamp.createTimestamp(builder, TimeUnit.MILLISECOND, zone);
    }
  }

  /**
   * The type of a column in a file.
   *
   * @return null where this project writes no such columns
   */
  static ArrowColumn.@Nullable Type type(Field field) {
    switch (field.typeType()) {
      case Type.Utf8:
        return ArrowColumn.Type.UTF8;
      case Type.Int:
        int width = ((Int) Objects.requireNonNull(field.type(new Int()))).bitWidth();
        return width == 8 ? ArrowColumn.Type.INT8 : width == 32 ? ArrowColumn.Type.INT32 : null;
      case Type.FloatingPoint:
        return ArrowColumn.Type.FLOAT32;
      case Type.Timestamp:
        return ArrowColumn.Type.TIMESTAMP;
      default:
        return null;
    }
  }

  /**
   * The message of a record batch.
   *
   * @param nulls by column, how many values are missing
   * @param buffers the lengths of the body's buffers; see {@link ArrowBody#lengths}
   */
  static ByteBuffer batch(int rows, int[] nulls, long[] buffers) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, nulls.length);
    for (int i = nulls.length - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, rows, nulls[i]);
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
  static ByteBuffer footer(
      List<ArrowColumn> columns, Map<String, String> metadata, List<BatchBlock> blocks) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder, columns, metadata);
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
