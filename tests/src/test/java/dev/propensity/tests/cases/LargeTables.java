package dev.propensity.tests.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Tables of several chunks, and of several requests of {@code invoke}, which are generated here:
 * columns and words of the base case, and more rows.
 */
final class LargeTables {
  /** More than two chunks. */
  static final int MIN_BYTES = 600 << 10;

  private static final int ROWS = 9_000;
  private static final List<String> COLORS = List.of("red", "blue", "green");

  private LargeTables() {}

  /**
   * Writes the tables, each into a separate folder.
   *
   * @return their files
   */
  static List<Path> write(Path folder) throws IOException {
    StringBuilder good = notes();
    // The cell continues across chunks, to the end of the file.
    StringBuilder open =
        notes().append(-1).append(",0,50,red,1,no,\"").append("x\n".repeat(200_000));
    StringBuilder late = semicolons(row -> row > ROWS - 100);
    StringBuilder mixed = semicolons(row -> row < 100).append("-1;0;50;red;2.5;no;\n");
    return List.of(
        write(folder, "L01-large", good),
        write(folder, "L02-large-invalid-last-row", notes().append("-1,0,abc,red,1,no,\n")),
        write(folder, "L03-large-open-quote", open),
        write(folder, "L04-large-late-decimal-comma", late),
        write(folder, "L05-large-both-decimal-signs", mixed));
  }

  private static Path write(Path folder, String name, CharSequence csv) throws IOException {
    if (csv.length() <= MIN_BYTES) {
      throw new IllegalStateException(name + " is too small: " + csv.length() + " bytes");
    }
    Path file = Files.createDirectories(folder.resolve(name)).resolve("in.csv");
    return Files.writeString(file, csv);
  }

  /** With a column of quoted text over several lines, so that chunks end within quotes. */
  private static StringBuilder notes() {
    StringBuilder csv = new StringBuilder("id,y,age,colour,amt,flag,note\n");
    for (int row = 1; row <= ROWS; row++) {
      cells(csv, row, ",", "." + row % 100);
      csv.append(",\"the customer, whose number is ")
          .append(row)
          .append(",\r\nsays \"\"no\"\"\n\n\"\n");
    }
    return csv;
  }

  /**
   * With semicolons and whole numbers.
   *
   * @param fractions which rows have a decimal comma
   */
  private static StringBuilder semicolons(IntPredicate fractions) {
    StringBuilder csv = new StringBuilder("id;y;age;colour;amt;flag;note\n");
    for (int row = 1; row <= ROWS; row++) {
      cells(csv, row, ";", fractions.test(row) ? ",5" : "");
      csv.append(";").append("no note. ".repeat(6)).append('\n');
    }
    return csv;
  }

  private static void cells(StringBuilder csv, int row, String separator, String fraction) {
    csv.append(row).append(separator);
    csv.append(row * 31 % 100 < 30 ? 1 : 0).append(separator);
    csv.append(18 + row * 7 % 60).append(separator);
    csv.append(COLORS.get(row % COLORS.size())).append(separator);
    csv.append(row * 13 % 400).append(fraction).append(separator);
    csv.append(row % 2 == 0 ? "yes" : "no");
  }
}
