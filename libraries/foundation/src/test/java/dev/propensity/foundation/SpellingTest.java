package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> WORDS = List.of("rounds", "eta", "max_depth");

  @Test
  void findsAWordThatDiffersByLittle() {
    assertThat(Spelling.closest("max_dept", WORDS)).contains("max_depth");
    assertThat(Spelling.closest("Round", WORDS)).contains("rounds");
    assertThat(Spelling.closest("lambda", WORDS)).isEmpty();
  }

  @Test
  void countsLettersThatChangedPlacesOnce() {
    assertThat(Spelling.closest("eat", WORDS)).contains("eta");
    assertThat(Spelling.closest("ate", WORDS)).isEmpty();
  }

  @Test
  void leadsOnByTheNearestWordAndByAll() {
    assertThat(Spelling.help("eat", WORDS)).isEqualTo("did you mean 'eta'?");
    assertThat(Spelling.help("lambda", WORDS)).isEqualTo("there are rounds, eta, max_depth");
    assertThat(Spelling.helpAndAll("eat", WORDS))
        .isEqualTo("did you mean 'eta'? There are rounds, eta, max_depth");
    assertThat(Spelling.helpAndAll("lambda", WORDS)).isEqualTo("there are rounds, eta, max_depth");
  }
}
