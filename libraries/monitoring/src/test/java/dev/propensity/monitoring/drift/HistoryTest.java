package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final History.Past GOOD = new History.Past(Verdict.LEARNING, false, true);
  private static final History.Past BAD = new History.Past(Verdict.ALARM, false, false);
  private static final History.Past SMALL = new History.Past(Verdict.TOO_FEW_ROWS, false, false);
  private static final History.Past QUIET = new History.Past(Verdict.QUIET, false, true);

  private static List<History.Past> windows(int count, History.Past window) {
    return new ArrayList<>(Collections.nCopies(count, window));
  }

  @Test
  void aNewModelHasNoReference() {
    assertThat(History.of(List.of())).isEqualTo(new History(List.of(), List.of()));
  }

  @Test
  void badAndSmallWindowsAreNotPartOfTheReference() {
    History history = History.of(List.of(GOOD, BAD, SMALL, GOOD, SMALL));
    assertThat(history.reference()).containsExactly(0, 3);
    assertThat(history.since()).containsExactly(3);
  }

  @Test
  void theWindowBeforeIsKnownAlsoIfItWasBad() {
    assertThat(History.of(List.of(GOOD, BAD, SMALL)).since()).containsExactly(1);
  }

  @Test
  void theReferenceIsTheFirst28Windows() {
    List<History.Past> past = windows(27, GOOD);
    past.add(BAD);
    past.add(GOOD);
    past.add(QUIET);
    past.add(SMALL);
    past.add(BAD);
    History history = History.of(past);
    assertThat(history.reference()).hasSize(28).endsWith(26, 28).doesNotContain(27);
    assertThat(history.since()).containsExactly(29, 31);
  }

  @Test
  void acceptedWindowsAreTheReferenceWhateverTheirVerdict() {
    History.Past accepted = new History.Past(Verdict.ALARM, true, false);
    History history = History.of(List.of(accepted, accepted, BAD));
    assertThat(history.reference()).containsExactly(0, 1);
  }

  @Test
  void averagesNeedOnlyTheLastWindows() {
    List<History.Past> past = windows(28, GOOD);
    past.addAll(windows(100, QUIET));
    List<Integer> last60 = IntStream.range(68, 128).boxed().toList();
    assertThat(History.of(past).since()).isEqualTo(last60);
  }
}
