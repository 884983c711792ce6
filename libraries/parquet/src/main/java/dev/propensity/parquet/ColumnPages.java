package dev.propensity.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column in one row group, read one after another from the file. Memory: the
 * dictionary and one page.
 */
final class ColumnPages implements PageReader {
  private static final int BUFFER = 1 << 13;

  /** What a text in a dictionary takes beside its bytes: some objects. */
  private static final int ENTRY_BYTES = 100;

  private final InputStream in;
  private final Codec codec;
  private final long values;
  private final ParquetColumn column;
  private final boolean hasLevels; // values may be missing
  private final PageMemory memory;
  private final String where;
  private @Nullable PageHeader pending; // read, but not its page
  private long valuesLeft;
  private long dictionaryMemory;
  private long pageMemory;

  /**
   * @param in the bytes of the column in the row group
   * @param values how many there are, missing ones included
   * @param where the file and column, for errors
   */
  ColumnPages(
      InputStream in,
      Codec codec,
      long values,
      ParquetColumn column,
      PageMemory memory,
      String where) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.codec = codec;
    this.values = values;
    this.valuesLeft = values;
    this.column = column;
    this.hasLevels = column.requireDescriptor().getMaxDefinitionLevel() > 0;
    this.memory = memory;
    this.where = where;
  }

  /** Returns the memory of the pages. */
  void release() {
    memory.release(dictionaryMemory + pageMemory);
    dictionaryMemory = 0;
    pageMemory = 0;
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = Util.readPageHeader(in);
      if (header.getType() != PageType.DICTIONARY_PAGE) {
        pending = header;
        return null;
      }
      DictionaryPageHeader dictionary = header.getDictionary_page_header();
      int entries = dictionary.getNum_values();
      require(entries >= 0 && entries <= header.getUncompressed_page_size() * 8L, "entries");
      long objects = column.requireText().isPlain() ? (long) ENTRY_BYTES * entries : 0;
      dictionaryMemory = header.getUncompressed_page_size() + objects;
      memory.take(dictionaryMemory, where);
      byte[] bytes = decompressed(header, bytes(header), 0);
      return new DictionaryPage(
          BytesInput.from(bytes), entries, encoding(dictionary.getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (true) {
        PageHeader header = pending == null ? Util.readPageHeader(in) : pending;
        pending = null;
        memory.release(pageMemory);
        pageMemory = 0; // of the page before, which is not used any more
        take(header.getUncompressed_page_size());
        byte[] bytes = bytes(header);
        if (header.getType() == PageType.DATA_PAGE) {
          return page(header, header.getData_page_header(), bytes);
        }
        if (header.getType() == PageType.DATA_PAGE_V2) {
          return page(header, header.getData_page_header_v2(), bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage page(PageHeader header, DataPageHeader page, byte[] bytes) throws IOException {
    int count = count(page.getNum_values());
    Encoding levels = encoding(page.getDefinition_level_encoding());
    Encoding encoding = encoding(page.getEncoding());
    byte[] data = decompressed(header, bytes, 0);
    take(EncodedPage.memory(encoding, count));
    EncodedPage.requireVersion1(data, hasLevels, levels, encoding, count);
    return new DataPageV1(
        BytesInput.from(data),
        count,
        header.getUncompressed_page_size(),
        null,
        encoding(page.getRepetition_level_encoding()),
        levels,
        encoding);
  }

  private DataPage page(PageHeader header, DataPageHeaderV2 page, byte[] bytes) throws IOException {
    int count = count(page.getNum_values());
    int repetition = page.getRepetition_levels_byte_length();
    int definition = page.getDefinition_levels_byte_length();
    int levels = Math.addExact(repetition, definition);
    require(repetition >= 0 && definition >= 0 && levels <= bytes.length, "bytes of levels");
    byte[] data =
        page.isIs_compressed() || !page.isSetIs_compressed()
            ? decompressed(header, bytes, levels)
            : Arrays.copyOfRange(bytes, levels, bytes.length);
    Encoding encoding = encoding(page.getEncoding());
    if (hasLevels) {
      EncodedPage.requireBits(bytes, repetition, definition, count);
    }
    take(EncodedPage.memory(encoding, count));
    EncodedPage.requireValues(data, 0, encoding, count);
    return DataPageV2.uncompressed(
        page.getNum_rows(),
        page.getNum_nulls(),
        count,
        BytesInput.from(bytes, 0, repetition),
        BytesInput.from(bytes, repetition, definition),
        encoding,
        BytesInput.from(data),
        null);
  }

  private void take(long bytes) {
    memory.take(bytes, where);
    pageMemory += bytes;
  }

  private int count(int pageValues) {
    require(pageValues >= 0 && pageValues <= valuesLeft, "values");
    valuesLeft -= pageValues;
    return pageValues;
  }

  /** The page's bytes as they are in the file. */
  private byte[] bytes(PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    require(size >= 0 && header.getUncompressed_page_size() >= 0, "bytes");
    memory.take(size, where); // until the page is decompressed
    byte[] bytes = in.readNBytes(size);
    memory.release(size);
    if (bytes.length < size) {
      throw new DamagedPageException("a page is cut off");
    }
    if (header.isSetCrc()) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if ((int) sum.getValue() != header.getCrc()) {
        throw new DamagedPageException("the checksum of a page is wrong");
      }
    }
    return bytes;
  }

  /**
   * The page after its levels, which are not compressed.
   *
   * @param from where it begins
   */
  private byte[] decompressed(PageHeader header, byte[] bytes, int from) throws IOException {
    int size = header.getUncompressed_page_size() - from;
    require(size >= 0, "bytes");
    return size == 0 ? new byte[0] : codec.decompress(bytes, from, bytes.length - from, size);
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }

  private static void require(boolean isPossible, String what) {
    if (!isPossible) {
      throw new DamagedPageException("a page with an impossible number of " + what);
    }
  }
}
