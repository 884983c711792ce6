package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of a table, which is its only one or one of several in a folder.
 *
 * @param where the file's name, for errors
 */
record Part(Path file, String where) {
  /**
   * Folders of logs that say which files are valid: read alone, the files may contain rows that
   * were deleted, or are there twice.
   */
  private static final Map<String, String> TABLE_FORMATS =
      Map.of(
          "_delta_log", "a Delta Lake table",
          ".hoodie", "a Hudi table",
          "_spark_metadata", "the output of a Spark stream");

  /**
   * The files of a table in the order of their names. Hidden files and those whose names begin with
   * an underscore describe a folder or its writing, as {@code _SUCCESS}, and are left out.
   *
   * @param where the table's name, for errors
   * @throws UserException for a folder without files, with folders in it, or of a table format with
   *     a log
   */
  static List<Part> of(Path table, String where) throws IOException {
    if (!Files.isDirectory(table)) {
      return List.of(new Part(table, where));
    }
    List<Part> parts = new ArrayList<>();
    try (Stream<Path> entries = Files.list(table)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (!isPart(where, Files.isDirectory(entry) ? name + "/" : name)) {
          continue;
        }
        parts.add(new Part(entry, where + (where.endsWith("/") ? "" : "/") + name));
      }
    }
    if (parts.isEmpty()) {
      throw new UserException(where + " is a folder without Parquet files");
    }
    return parts;
  }

  /**
   * Whether a file has rows of the table; else its name begins with an underscore or a point.
   *
   * @param path below the table's folder; a folder's ends in a slash
   * @throws UserException for a path within a folder of the table's folder
   */
  static boolean isPart(String where, String path) {
    int slash = path.indexOf('/');
    String log = slash < 0 ? null : TABLE_FORMATS.get(path.substring(0, slash));
    if (log != null) {
      throw new UserException(
          where
              + " is "
              + log
              + ", whose files are only valid by its log in "
              + path.substring(0, slash)
              + ": export it as plain Parquet");
    }
    if (path.startsWith("_") || path.startsWith(".")) {
      return false;
    }
    if (slash >= 0) {
      throw new UserException(inFolder(where, path.substring(0, slash)));
    }
    return true;
  }

  /** What is wrong with a table that has this folder, and what to do. */
  private static String inFolder(String where, String folder) {
    String expected = "expected is a Parquet file, or a folder with nothing but Parquet files";
    int sign = folder.indexOf('=');
    return sign < 0
        ? String.format(
            "%s has the folder '%s': %s; if the rows are in that folder, use it instead",
            where, folder, expected)
        : String.format(
            "%s is partitioned by '%s' (it has the folder '%s'): %s; write the table without"
                + " partitions, such as with pandas: read_parquet(folder).to_parquet(file)",
            where, folder.substring(0, sign), folder, expected);
  }

  /**
   * Checks that the file has the columns of the table's first one.
   *
   * @param all of the first file's columns
   * @throws UserException that names a column which only one of them has, or which has no numbers,
   *     text or times in this file alone
   */
  void requireColumns(ParquetFile open, List<ParquetColumn> all, Part first) {
    Set<String> names = new HashSet<>();
    all.forEach(column -> names.add(column.name()));
    Map<String, ParquetColumn> own = byName(open);
    for (ParquetColumn column : all) {
      ParquetColumn same = own.get(column.name());
      String quoted = "the column '" + column.name() + "'";
      if (same == null) {
        throw new UserException(where + " lacks " + quoted + ", which " + first.name() + " has");
      }
      if (column.isRead() && !same.isRead()) {
        throw new UserException(
            where + ": " + quoted + " is " + same.type() + ", unlike in " + first.name());
      }
    }
    for (ParquetColumn column : open.columns()) {
      if (!names.contains(column.name())) {
        throw new UserException(
            where + " has the column '" + column.name() + "', which " + first.name() + " lacks");
      }
    }
  }

  /** The columns of the file that have these columns' names, in their order. */
  static List<ParquetColumn> select(ParquetFile open, List<ParquetColumn> columns) {
    Map<String, ParquetColumn> own = byName(open);
    return columns.stream().map(column -> Objects.requireNonNull(own.get(column.name()))).toList();
  }

  private static Map<String, ParquetColumn> byName(ParquetFile open) {
    Map<String, ParquetColumn> columns = new HashMap<>();
    open.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
    return columns;
  }

  /** The file's name without its folder. */
  String name() {
    return where.substring(where.lastIndexOf('/') + 1);
  }
}
