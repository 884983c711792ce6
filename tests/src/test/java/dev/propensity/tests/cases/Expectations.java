package dev.propensity.tests.cases;

import static dev.propensity.tests.cases.Expectation.anything;
import static dev.propensity.tests.cases.Expectation.likeCase;
import static dev.propensity.tests.cases.Expectation.read;
import static dev.propensity.tests.cases.Expectation.rejected;
import static dev.propensity.tests.cases.Expectation.valuesLikeCase;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The expected verdict on each case by the rules of {@code docs/tables.md}. */
final class Expectations {
  private static final String BASE = "00-base";
  private static final String UPLOAD = "upload/ok.csv";

  private final Map<String, Map<EntryPoint, Expectation>> all = new TreeMap<>();

  private Expectations() {}

  /** Of the synthetic tables, by case and entry point. */
  static Map<String, Map<EntryPoint, Expectation>> synthetic() {
    Expectations expectations = new Expectations();
    expectations.lines();
    expectations.separators();
    expectations.quotes();
    expectations.encodings();
    expectations.headers();
    expectations.identifiers();
    expectations.numbers();
    expectations.missing();
    expectations.categories();
    expectations.labels();
    expectations.files();
    expectations.uploads();
    expectations.largeTables();
    return expectations.all;
  }

  /** Of the tables of public rows, by case and entry point. */
  static Map<String, Map<EntryPoint, Expectation>> publicRows() {
    Expectations expectations = new Expectations();
    String floats = "D-unseen-in-predict/floats.csv";
    expectations.both("B-label-leak", read(1989));
    expectations.scoring(floats, read(20).without("unseen"));
    expectations.scoring("D-unseen-in-predict/ints.csv", likeCase(floats).without("unseen"));
    expectations.both("E-small-table-defaults/Mroz-id.csv", read(753));
    expectations.both("E-small-table-defaults/breast.csv", read(569));
    return expectations.all;
  }

  private void lines() {
    both(BASE, read(300));
    both("01-bom-quoted-header-newline", likeCase(BASE));
    both("02-line-number-after-newlines", rejected("line 400", "age", "'abc'", "number"));
    both("06-trailing-delim-rows", likeCase(BASE).or(rejected("line 2", "7", "6")));
    both("10-cr-only", likeCase(BASE));
    both("28-blank-lines", likeCase(BASE));
    both("28b-no-last-eol", likeCase(BASE));
    both("28c-ctrl-z", rejected("line 302"));
    expect(
        "28d-total-row",
        rejected("line 302", "y is empty", "age", "missing|empty"), // the label, too
        rejected("line 302", "age", "missing|empty"));
    both("35-duplicate-rows", read(3000));
    both("R19-crlf", likeCase(BASE));
  }

  private void separators() {
    both("09-semicolon-decimal-comma", likeCase(BASE).noting("semicolon|';'", "comma"));
    both("09b-semicolon", likeCase(BASE).noting("semicolon|';'"));
    both("18-comma-space", likeCase(BASE));
    both("R01-pipe", likeCase(BASE).noting("pipe|vertical"));
    both("R02-tab", likeCase(BASE).noting("separator=tab|tabs|tab character"));
    both("R03-sep-line", likeCase(BASE).noting("semicolon|';'"));
    both(
        "R04-decimal-comma-declared",
        likeCase(BASE).noting("separator=tab|tabs|tab character", "comma"));
    both("R05-decimal-comma-tab", rejected("line 2", "amt", "'25,51'", "decimal"));
    both("R21-decimal-comma-semicolon", read(300).or(rejected("line 6", "age", "'1,5'")));
  }

  private void quotes() {
    both("25-open-quote", rejected("line 6", "quote"));
    both("25b-after-quote", rejected("line 6", "quote"));
    expect("25c-inner-quote", read(300).noting("colour 4"), read(300).noting("unseen", "colour"));
    both("25d-space-quote", likeCase(BASE));
    both("25e-backslash", rejected("line 6", "quote"));
    both("25f-inch-one", likeCase(BASE));
    both("25g-inch-two", likeCase(BASE));
  }

  private void encodings() {
    both("26-nul", rejected("binary|NUL|no text|not text"));
    both("27-utf16", rejected("UTF-16", "UTF-8"));
    both("27b-utf16le-nobom", rejected("UTF-16", "UTF-8"));
    both("27c-latin1", rejected("line 6", "UTF-8"));
    both("27d-cp1252-ignored", rejected("line 10", "UTF-8"));
  }

  private void headers() {
    both("16-dup-used-column", rejected("'flag'|flag is", "duplicate"));
    both("16b-dup-ignored-column", likeCase(BASE));
    both("16c-case-header", rejected("age", "'Age'"));
    both("28f-comment", rejected("line 1", "age", "column|header"));
    both("28h-no-header", rejected("line 1", "header"));
    both("28i-empty", rejected("empty"));
    both("28j-header-only", rejected("header", "no rows"));
    both("30-header-quoted-blank", likeCase(BASE));
    both(
        "30b-header-nbsp",
        likeCase(BASE).or(rejected("line 1", "colour", "look|invisible|U+200B|zero width")));
    both("R16-unused-columns-without-a-name", likeCase(BASE));
    both("R17-header-absent", rejected("line 1", "header"));
    except("R17-header-absent", EntryPoint.INVOCATIONS, valuesLikeCase(BASE));
    both("R27-header-absent-decimal-comma", rejected("line 1", "age", "missing"));
    except(
        "R27-header-absent-decimal-comma",
        EntryPoint.INVOCATIONS,
        valuesLikeCase(BASE).noting("separator=semicolon, decimal=comma"));
    expect("R18-header-nfd", read(300).noting("größe 67"), read(300));
    both("A-xgboost-non-ascii-names", read(2500));
  }

  private void identifiers() {
    expect(
        "14-id-scientific",
        rejected("line 3", "id", "'4.32111E+18'", "duplicate", "line 2"),
        valuesLikeCase(BASE).noting("duplicate", "299"));
    expect(
        "R08-duplicate-identifier",
        rejected("line 7", "id", "'2'", "duplicate", "line 3"),
        valuesLikeCase(BASE).noting("duplicate"));
    expect("R09-no-identifier", rejected("line 1", "'id'|id is"), likeCase(BASE));
    expect("R09b-unnamed-first-column", rejected("line 1", "'id'|id is"), likeCase(BASE));
    expect("R10-identifier-row", read(300), read(300));
  }

  private void numbers() {
    both("07-thousands", rejected("line 6", "amt", "'1,299.50'", "thousands", "line 7", "'1 299'"));
    both(
        "08-percent-currency",
        rejected("line 6", "amt", "'12%'", "percent", "line 7", "'$12.50'", "currency", "'€ 12'"));
    String[] wrong = {
      "00",
      "1d",
      "01",
      "1f",
      "02",
      "0x1p3",
      "04",
      "-1e400",
      "06",
      "Infinity",
      "13",
      "٥",
      "16",
      "1L",
      "18",
      "１２",
      "19",
      "−5",
      "20",
      "TRUE"
    };
    for (int i = 0; i < wrong.length; i += 2) {
      both("17-num-" + wrong[i], rejected("line 6", "age", "'" + wrong[i + 1] + "'"));
    }
    both("17-num-17", rejected("line 6", "age", "'1,5'", "decimal"));
    for (String plain : new String[] {"05", "07", "08", "10"}) {
      both("17-num-" + plain, read(300));
    }
    both("17-num-11", likeCase("17-num-07"));
    both("17-num-12", likeCase("17-num-07"));
    both("17-num-14", likeCase("17-num-10"));
    expect("23-constant", read(300).noting("constant|same value|one value|no value"), read(300));
    both("31-date", rejected("line 2", "since", "'2024-02-02'", "kind: date"));
    both("31b-date-kind", read(300));
    both("31c-date-formats", likeCase("31b-date-kind"));
    both("31d-no-such-date", rejected("line 6", "since", "'2024-02-30'", "no such date"));
    expect("32-f32", read(300).noting("float32"), read(300));
    both("33-huge--1e39", rejected("line 6", "age", "'-1e39'"));
    both("33-huge-1e-46", read(300));
    both("33-huge-3.5e38", rejected("line 6", "age", "'3.5e38'"));
  }

  private void missing() {
    both("04-NA-number", rejected("line 6", "amt", "'NA'", "missing_values"));
    both("R06-missing-values", likeCase("R06c-missing-empty"));
    both("R06b-missing-values-column", likeCase("R06c-missing-empty"));
    both("R06c-missing-empty", read(300));
    both("R20-missing-not-allowed", rejected("line 6", "age", "missing|empty"));
  }

  private void categories() {
    expect("11-nfc-nfd", likeCase("R22-nfc"), likeCase("R22-nfc").without("unseen"));
    both("R22-nfc", read(300));
    expect(
        "R12-number-categories",
        read(300).noting("region 4"),
        likeCase("R12c-number-categories-alike").without("unseen"));
    expect(
        "R12b-leading-zero-categories", read(300).noting("region 4"), read(300).without("unseen"));
    both("R12c-number-categories-alike", read(300));
    expect(
        "R23-mixed-categories-decimal-comma",
        read(300).noting("size 3"),
        read(300).without("unseen"));
    expect(
        "R23b-mixed-list-decimal-comma",
        likeCase("R23-mixed-categories-decimal-comma"),
        likeCase("R23-mixed-categories-decimal-comma").without("unseen"));
    expect(
        "R24-number-categories-before-decimal-comma",
        read(300).noting("code 2", "decimal=comma"),
        read(300).noting("decimal=comma").without("unseen"));
    expect(
        "R25-sensitive-excluded", rejected("line 1", "'gender'|gender is", "missing"), read(300));
    expect(
        "R13-look-alikes", read(300).noting("look"), read(300).noting("unseen", "colour", "look"));
    expect("R14-unseen-few", read(300), read(300).noting("unseen", "colour"));
    expect("R14b-unseen-many", read(300), read(300).noting("unseen").warning("colour"));
  }

  private void labels() {
    expect("19-label-float", likeCase(BASE), likeCase(BASE));
    expect("20-label-True", rejected("line 2", "y", "'True'"), likeCase(BASE));
    expect("20b-label-mixed", likeCase(BASE).or(rejected("line 2", "y", "'Yes'")), likeCase(BASE));
    expect("20c-yaml-true", likeCase(BASE), likeCase(BASE));
    expect("21-label-missing", rejected("line 6", "y", "label", "missing|empty"), likeCase(BASE));
    expect("22-one-class", rejected("y", "'0'", "'1'"), likeCase(BASE));
    expect("22b-one-positive", rejected("1 positive", "validation"), likeCase(BASE));
    expect("22c-swapped", read(300).noting("train 205 (147)"), likeCase(BASE));
    expect("22d-same", rejected("label", "negative", "positive"), anything());
    both("24-label-leak", read(300));
    expect("24b-label-feature", rejected("'y'", "label"), anything());
    expect("36-folds-12-positives", rejected("12 positive"), likeCase(BASE));
    expect("36-folds-4-positives", rejected("4 positive"), likeCase(BASE));
    both("R26-label-decimal-comma", likeCase(BASE));
    expect("R07-label-third-value", rejected("line 6", "y", "'perhaps'"), likeCase(BASE));
    expect("R11-no-label", rejected("line 1", "'y'|y is"), likeCase(BASE));
  }

  private void files() {
    both("29-zip-macosx", likeCase(BASE));
    both("29b-zip-two", rejected("train.csv", "test.csv"));
    both("29c-gz-named-csv", likeCase(BASE));
    both("29e-gz-cut", rejected("damaged|incomplete"));
    both("29f-html", rejected("HTML|web page"));
    both("29g-bz2", rejected("bzip2"));
    both("29h-xlsx", rejected("Excel|workbook"));
    both("29i-parquet", rejected("Parquet"));
    both("29j-parquet-rows", likeCase(BASE));
    except("29j-parquet-rows", EntryPoint.INVOCATIONS, rejected("Parquet"));
    except("29j-parquet-rows", EntryPoint.UPLOAD, rejected("Parquet"));
    both("R15-zst", rejected("Zstandard|zstd"));
    both("R15b-pdf", rejected("PDF"));
  }

  private void uploads() {
    scoring(UPLOAD, read(2).without("unseen"));
    scoring("upload/book.xlsx", likeCase(UPLOAD).or(rejected("Excel|workbook")));
    scoring("upload/case.csv", rejected("line 2", "Gender", "'male'", "Male"));
    scoring("upload/cr.csv", likeCase(UPLOAD));
    scoring("upload/cut.csv", rejected("line 2", "6", "11"));
    scoring("upload/de.csv", rejected("line 2", "Annual_Premium", "'1.299,50'", "thousands"));
    scoring("upload/de2.csv", read(2).without("unseen"));
    scoring("upload/empty.csv", rejected("empty"));
    scoring("upload/excelblank.csv", likeCase(UPLOAD).or(rejected("line 4")));
    scoring("upload/h.csv", rejected("header", "no rows"));
    scoring("upload/noid.csv", valuesLikeCase(UPLOAD));
    scoring("upload/ok.csv.gz", likeCase(UPLOAD));
    scoring("upload/ok.zip", likeCase(UPLOAD));
    scoring("upload/sep.csv", likeCase(UPLOAD));
    scoring("upload/th.csv", rejected("line 2", "Annual_Premium", "'1,299.50'", "thousands"));
    scoring("upload/trail.csv", likeCase(UPLOAD));
    scoring("upload/twice.csv", rejected("line 4"));
    scoring("upload/u16.csv", rejected("UTF-16", "UTF-8"));
    scoring("upload/xl.csv", likeCase(UPLOAD).without("unseen"));
  }

  private void largeTables() {
    both("L01-large", read(9_000));
    both("L02-large-invalid-last-row", rejected("line 36002", "age", "'abc'", "not a number"));
    both(
        "L03-large-open-quote",
        rejected("line 36002", "the quote that opens here is never closed"));
    both("L04-large-late-decimal-comma", read(9_000).noting("separator=semicolon, decimal=comma"));
    both("L05-large-both-decimal-signs", rejected("line 9002", "amt", "'2.5'", "decimal commas"));
  }

  private void both(String name, Expectation expectation) {
    expect(name, expectation, expectation);
  }

  private void scoring(String name, Expectation expectation) {
    expect(name, anything(), expectation);
  }

  private void expect(String name, Expectation training, Expectation scoring) {
    Map<EntryPoint, Expectation> byEntry = new EnumMap<>(EntryPoint.class);
    for (EntryPoint entry : EntryPoint.values()) {
      byEntry.put(entry, entry.policy() == Policy.TRAINING ? training : scoring);
    }
    all.put(name, byEntry);
  }

  private void except(String name, EntryPoint entry, Expectation expectation) {
    all.get(name).put(entry, expectation);
  }
}
