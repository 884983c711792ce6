package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the chunks of a table into batches, in the table's order. Records are cut in the caller's
 * thread; where a pool is given, its threads decode ahead.
 */
final class BatchDecoder {
  private record Decoding(RowDecoder decoder, CompletableFuture<RowBatch> batch) {}

  private final CsvReader table;
  private final RowSchema schema;
  private final int[] roles;
  private final DecimalSign decimal;
  private final RowDecoder decoder;
  private final Deque<Decoding> waiting = new ArrayDeque<>();
  private final Deque<RowDecoder> idle = new ArrayDeque<>();
  private @Nullable Executor executor;
  private int most = 1;
  private boolean keepsAllInvalidRows;
  private @Nullable RuntimeException failure; // of reading ahead
  private @Nullable CsvChunk first; // read ahead, to settle the decimal sign

  /**
   * @param roles of the table's cells, by {@link HeaderRoles}
   * @param decimal the table's sign, which is settled by the first chunk if it is not known
   */
  BatchDecoder(CsvReader table, RowSchema schema, int[] roles, DecimalSign decimal) {
    this.table = table;
    this.schema = schema;
    this.roles = roles;
    this.decimal = decimal;
    this.decoder = newDecoder();
    if (!decimal.isKnown()) {
      this.first = table.next();
      if (first != null) {
        decoder.detectDecimalSign(first);
      }
    }
  }

  private RowDecoder newDecoder() {
    boolean hasHeader = table.headerLine() > 0;
    char separator = table.dialect().separator();
    RowDecoder made = new RowDecoder(schema, roles, table.where(), hasHeader, separator, decimal);
    if (keepsAllInvalidRows) {
      made.keepAllInvalidRows();
    }
    return made;
  }

  /** Decodes at most so many batches ahead; see {@link RowReader#decodingAhead}. */
  void decodeAhead(Executor pool, int batches) {
    this.executor = pool;
    this.most = batches;
  }

  /** Keeps all errors of every invalid row. */
  void keepAllInvalidRows() {
    keepsAllInvalidRows = true;
    decoder.keepAllInvalidRows();
  }

  /** What collects the words of columns, where encoders are fitted. */
  List<CellReader> readers() {
    return decoder.readers();
  }

  /**
   * The next batch; null at the end.
   *
   * @throws UserException where the rest of the table is not a CSV
   */
  @Nullable RowBatch next() {
    if (executor == null || !decimal.isKnown()) {
      CsvChunk chunk = nextChunk();
      return chunk == null ? null : decoder.decode(chunk);
    }
    startDecoding(executor);
    if (waiting.isEmpty()) {
      if (failure != null) {
        throw failure;
      }
      return null;
    }
    Decoding oldest = waiting.poll();
    try {
      RowBatch batch = oldest.batch().join();
      if (oldest.decoder() != decoder) { // the only one where encoders are fitted
        idle.add(oldest.decoder());
      }
      return batch;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void startDecoding(Executor executor) {
    while (failure == null && waiting.size() < most) {
      CsvChunk chunk;
      try {
        chunk = nextChunk();
      } catch (RuntimeException e) {
        failure = e; // comes after what is found in the chunks before
        return;
      }
      if (chunk == null) {
        return;
      }
      RowDecoder next = schema.isFitting() ? decoder : idle.isEmpty() ? newDecoder() : idle.poll();
      waiting.add(
          new Decoding(next, CompletableFuture.supplyAsync(() -> next.decode(chunk), executor)));
    }
  }

  private @Nullable CsvChunk nextChunk() {
    CsvChunk chunk = first == null ? table.next() : first;
    first = null;
    return chunk;
  }
}
