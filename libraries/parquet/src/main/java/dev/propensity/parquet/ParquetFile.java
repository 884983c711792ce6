package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.VersionParser;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.jspecify.annotations.Nullable;

/** An open Parquet file: its columns, and the pages of each row group. */
final class ParquetFile implements Closeable {
  private final FileChannel channel;
  private final String where;
  private final FileMetaData metadata;
  private final List<ParquetColumn> columns;

  private ParquetFile(
      FileChannel channel, String where, FileMetaData metadata, List<ParquetColumn> columns) {
    this.channel = channel;
    this.where = where;
    this.metadata = metadata;
    this.columns = columns;
  }

  /**
   * Opens a file and reads its footer.
   *
   * @param where the file's name, for errors
   * @throws UserException for a file that is not Parquet, or damaged, incomplete or encrypted
   */
  static ParquetFile open(Path file, String where) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      FileMetaData metadata = Footer.read(channel, where);
      return new ParquetFile(channel, where, metadata, columns(metadata, where));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static List<ParquetColumn> columns(FileMetaData metadata, String where) {
    try {
      return FileSchema.columns(metadata.getSchema());
    } catch (RuntimeException e) {
      throw Footer.damaged(where, "its schema cannot be read", e);
    }
  }

  String where() {
    return where;
  }

  List<ParquetColumn> columns() {
    return columns;
  }

  /** How many rows the file has. */
  long rows() {
    long rows = 0;
    for (RowGroup group : metadata.getRow_groups()) {
      if (group.getNum_rows() < 0) {
        throw Footer.damaged(where, "a row group with a negative number of rows");
      }
      rows = Math.addExact(rows, group.getNum_rows());
    }
    return rows;
  }

  int rowGroups() {
    return metadata.getRow_groupsSize();
  }

  /** How many rows a row group has. */
  long rows(int rowGroup) {
    return metadata.getRow_groups().get(rowGroup).getNum_rows();
  }

  /** The program that wrote the file, by which its known mistakes are corrected; may be null. */
  VersionParser.@Nullable ParsedVersion writer() {
    try {
      String writer = metadata.getCreated_by();
      return writer == null ? null : VersionParser.parse(writer);
    } catch (VersionParser.VersionParseException e) {
      return null; // one without known mistakes
    }
  }

  /**
   * The pages of a column in a row group.
   *
   * @throws UserException where they are damaged, encrypted, or compressed by an unknown codec
   */
  ColumnPages pages(int rowGroup, ParquetColumn column, PageMemory memory) {
    String place = where + ", column '" + column.name() + "'";
    RowGroup group = metadata.getRow_groups().get(rowGroup);
    if (column.leaf() >= group.getColumnsSize()) {
      throw Footer.damaged(where, "row group " + (rowGroup + 1) + " lacks columns");
    }
    ColumnChunk chunk = group.getColumns().get(column.leaf());
    ColumnMetaData described = chunk.getMeta_data();
    if (described == null || chunk.isSetFile_path()) {
      throw Footer.damaged(place, "its pages are not in the file");
    }
    if (!described.getPath_in_schema().equals(List.of(column.name()))
        || described.getNum_values() != group.getNum_rows()) {
      throw Footer.damaged(place, "its pages do not match the schema");
    }
    Codec codec =
        Codec.of(described.getCodec())
            .orElseThrow(
                () ->
                    new UserException(
                        place
                            + " is compressed by "
                            + described.getCodec()
                            + ", which is not supported: write it with snappy, gzip, zstd or"
                            + " lz4_raw"));
    ChannelRange bytes =
        new ChannelRange(channel, start(described), described.getTotal_compressed_size());
    return new ColumnPages(bytes, codec, described.getNum_values(), column, memory, place);
  }

  /** Where the column's dictionary or, without one, its first page begins. */
  private static long start(ColumnMetaData column) {
    long pages = column.getData_page_offset();
    long dictionary = column.getDictionary_page_offset();
    return column.isSetDictionary_page_offset() && dictionary > 0 && dictionary < pages
        ? dictionary
        : pages;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
