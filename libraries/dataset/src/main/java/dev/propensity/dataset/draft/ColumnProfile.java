package dev.propensity.dataset.draft;

import dev.propensity.dataset.rows.IdentifierSet;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one column's cells are, over all rows of a table. */
final class ColumnProfile {
  private static final int MAX_IDENTIFIER_LENGTH = 1024;
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+");

  /** The name as names are compared. */
  final String name;

  private final boolean semicolons;
  private final WordCounts numbers;
  private final WordCounts texts;
  private final DateFormats dates = DateFormats.usual();
  private final DateFormats digits = DateFormats.digits(); // of numbers, if named as a time
  private final boolean namedAsTime;
  private final NumberRange range = new NumberRange();
  private @Nullable IdentifierSet seen = new IdentifierSet(); // null once a value came twice
  private long rows;
  private long empty;
  private long numberRows;
  private long points; // numbers with a decimal point
  private long commas;
  private long length; // of all texts that are not numbers, in bytes
  private boolean fractions;
  private boolean leadingZeros;
  private boolean ignored; // repeated values are no longer searched

  /**
   * @param semicolons whether they separate the cells, so that a comma may be a decimal sign
   * @param numberLimit how many different numbers are counted
   * @param textLimit how many different other texts are counted
   * @param byteLimit how many bytes of different texts are kept
   */
  ColumnProfile(String name, boolean semicolons, int numberLimit, int textLimit, int byteLimit) {
    this.name = name;
    this.semicolons = semicolons;
    this.namedAsTime = NameWords.isTime(name);
    this.numbers = new WordCounts(numberLimit, byteLimit);
    this.texts = new WordCounts(textLimit, byteLimit);
  }

  /**
   * Reads the record's next cell.
   *
   * @param text a buffer
   * @return a hash of the cell
   */
  long read(CsvCells cells, CellText text) {
    rows++;
    boolean plain = cells.number((byte) '.') || semicolons && cells.number((byte) ',');
    if (!plain) {
      cells.cell();
    }
    byte[] utf8 = cells.text();
    int from = cells.start();
    int to = cells.end();
    long hash = WordCounts.hash(utf8, from, to);
    if (from == to) {
      empty++;
      seen = null;
      return hash;
    }
    double number = plain ? cells.number() : slowNumber(cells, text);
    if (number == number) {
      addNumber(utf8, from, to, hash, number);
      if (namedAsTime && (digits.rows() == 0 || !digits.formats().isEmpty())) {
        text.set(cells);
        boolean recent = to - from == 8 && number >= 1900_00_00 && number < 2100_00_00;
        digits.add(text.chars(), recent ? text.length() : 0);
      }
    } else {
      if (utf8[from] >= '0' && utf8[from] <= '9') {
        dates.add(text.chars(), text.length());
      }
      length += to - from;
      texts.add(utf8, from, to, hash);
    }
    addIdentifier(utf8, from, to, cells.recordLine());
    return hash;
  }

  /** A number that is quoted, has an exponent or many digits; NaN for other texts. */
  private double slowNumber(CsvCells cells, CellText text) {
    byte first = cells.text()[cells.start()];
    boolean digits = first >= '0' && first <= '9';
    if (cells.isAscii() && !digits && first != '-' && first != '+' && first != '.') {
      return Double.NaN;
    }
    text.set(cells); // also to see that it is in UTF-8
    if (text.count(',') == 1 && text.count('.') == 0) {
      String word = text.string();
      return semicolons || !GROUPED.matcher(word).matches()
          ? Numbers.parseOrNaN(word.replace(',', '.'))
          : Double.NaN;
    }
    return Numbers.parseOrNaN(text.chars(), 0, text.length());
  }

  private void addNumber(byte[] utf8, int from, int to, long hash, double number) {
    numberRows++;
    range.add(number);
    fractions |= number != Math.rint(number);
    int digit = utf8[from] == '-' ? from + 1 : from;
    leadingZeros |= digit + 1 < to && utf8[digit] == '0' && Character.isDigit(utf8[digit + 1]);
    for (int i = from; i < to; i++) {
      points += utf8[i] == '.' ? 1 : 0;
      commas += utf8[i] == ',' ? 1 : 0;
    }
    numbers.add(utf8, from, to, hash);
  }

  private void addIdentifier(byte[] utf8, int from, int to, long line) {
    if (seen == null) {
      return;
    }
    boolean repeated = to - from > MAX_IDENTIFIER_LENGTH || fractions;
    if (repeated || seen.add(utf8, from, to - from, line) != 0) {
      seen = null;
    }
  }

  /** Ends the search for a repeated value, which costs memory for each row. */
  void ignoreIdentifiers() {
    ignored |= seen != null;
    seen = null;
  }

  /** Whether no value came twice, as far as values were compared. */
  boolean hasNoKnownRepeat() {
    return seen != null || ignored;
  }

  /** Whether each row has a value that no other row has, none of them a fraction. */
  boolean isUnique() {
    return seen != null;
  }

  long rows() {
    return rows;
  }

  long empty() {
    return empty;
  }

  long numberRows() {
    return numberRows;
  }

  /** How many cells are neither empty nor a number. */
  long textRows() {
    return rows - empty - numberRows;
  }

  /** How texts that begin with a digit are written, if they are dates. */
  DateFormats dates() {
    return dates;
  }

  /** Whether the numbers are dates without separators, if the name is that of a time. */
  DateFormats digits() {
    return digits;
  }

  long points() {
    return points;
  }

  long commas() {
    return commas;
  }

  NumberRange range() {
    return range;
  }

  /** Whether a number is not a whole one. */
  boolean hasFractions() {
    return fractions;
  }

  /** Whether a number is written with a leading zero, as codes are: 007. */
  boolean hasLeadingZeros() {
    return leadingZeros;
  }

  /** The mean length of texts that are not numbers, in bytes. */
  double meanLength() {
    return textRows() == 0 ? 0 : (double) length / textRows();
  }

  /** Whether not all different numbers are among {@link #numberWords}. */
  boolean hasMoreNumbers() {
    return numbers.isOverLimit();
  }

  /** In how many rows there are numbers that are not among {@link #numberWords}. */
  long otherNumberRows() {
    return numbers.others();
  }

  /** Whether not all different texts are among {@link #textWords}. */
  boolean hasMoreTexts() {
    return texts.isOverLimit();
  }

  /** The numbers as they are written, with their counts, by first sight. */
  Map<String, Long> numberWords() {
    return numbers.words();
  }

  /** The other texts with their counts, by first sight. */
  Map<String, Long> textWords() {
    return texts.words();
  }

  /** The words of {@link #numberWords} and {@link #textWords} by the hashes of their cells. */
  Map<Long, String> wordsByHash() {
    Map<Long, String> words = new HashMap<>();
    numbers.addWordsTo(words);
    texts.addWordsTo(words);
    return words;
  }

  /** How many different values there are at least. */
  int distinct() {
    return numbers.size() + texts.size();
  }
}
