package dev.propensity.dataset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Encodes a row by several encoders, and a cell that several read alike only once. */
final class RowEncoding {
  private static final int OWN = -1;

  private final List<Encoder> encoders;
  private final int[] widths;
  private final int[][] cells; // by encoder and feature, the cell
  private final int[][] same; // by encoder and feature, the first encoder's feature, or OWN

  RowEncoding(List<Encoder> encoders) {
    this.encoders = List.copyOf(encoders);
    this.widths = encoders.stream().mapToInt(encoder -> encoder.features().size()).toArray();
    this.cells = new int[widths.length][];
    this.same = new int[widths.length][];
    for (int e = 0; e < widths.length; e++) {
      cells[e] = new int[widths[e]];
      same[e] = new int[widths[e]];
      for (int f = 0; f < widths[e]; f++) {
        same[e][f] = e == 0 ? OWN : alike(encoders.get(0), encoders.get(e).features().get(f));
      }
    }
  }

  private static int alike(Encoder first, Encoder.Feature feature) {
    int place = first.find(feature.column().name());
    return place >= 0 && first.features().get(place).equals(feature) ? place : OWN;
  }

  /** The columns that are read, each once. */
  List<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    for (Encoder encoder : encoders) {
      encoder.features().forEach(feature -> names.add(feature.column().name()));
    }
    return new ArrayList<>(names);
  }

  /** Finds the columns in this table, which has them. */
  void places(CsvTable csv) {
    for (int e = 0; e < widths.length; e++) {
      for (int f = 0; f < widths[e]; f++) {
        cells[e][f] = csv.find(encoders.get(e).features().get(f).column().name());
      }
    }
  }

  /** By encoder, how many features it makes. */
  int[] widths() {
    return widths;
  }

  /**
   * Puts the row's features into the block's room.
   *
   * @throws BadCell for a cell that breaks its column's rule
   */
  void encode(Row row, RowBlock block) {
    for (int e = 0; e < widths.length; e++) {
      float[] room = block.room(e);
      int offset = block.rows() * widths[e];
      for (int f = 0; f < widths[e]; f++) {
        int cell = cells[e][f];
        room[offset + f] =
            same[e][f] == OWN
                ? encoders.get(e).reader(f).read(row.text(), row.start(cell), row.length(cell))
                : block.room(0)[block.rows() * widths[0] + same[e][f]];
      }
    }
  }
}
