package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DialectTest {
  @Test
  void isReadFromItsText() {
    for (char separator : Dialect.SEPARATORS) {
      for (char decimal : new char[] {'.', ',', Dialect.UNKNOWN}) {
        for (boolean marked : new boolean[] {false, true}) {
          Dialect dialect = new Dialect(separator, decimal, marked);
          assertThat(Dialect.parse(dialect.text())).contains(dialect);
        }
      }
    }
  }

  @Test
  void isNotReadFromOtherText() {
    assertThat(Dialect.parse(null)).isEmpty();
    assertThat(Dialect.parse("")).isEmpty();
    assertThat(Dialect.parse("separator=colon")).isEmpty();
  }
}
