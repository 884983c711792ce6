package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentlyTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 40).boxed().toList();

  @Test
  void keepsTheOrder() {
    assertThat(Concurrently.map(ITEMS, item -> item * 2))
        .isEqualTo(IntStream.range(0, 40).map(item -> item * 2).boxed().toList());
    assertThat(Concurrently.map(List.<Integer>of(), item -> item)).isEmpty();
    assertThat(Concurrently.map(List.of(3), item -> item + 1)).containsExactly(4);
  }

  @Test
  void workMeets() {
    // Each waits for another one: one after the other, they would never be done.
    CyclicBarrier pair = new CyclicBarrier(2);
    List<Boolean> met =
        Concurrently.map(
            ITEMS,
            item -> {
              try {
                pair.await(1, TimeUnit.MINUTES);
                return true;
              } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                return false;
              }
            });
    assertThat(met).hasSize(40).containsOnly(true);
  }

  @Test
  void throwsWhatTheFirstItemThrew() {
    assertThatThrownBy(
            () ->
                Concurrently.map(
                    ITEMS,
                    item -> {
                      if (item > 4) {
                        throw new UserException("item " + item);
                      }
                      return item;
                    }))
        .isInstanceOf(UserException.class)
        .hasMessage("item 5");
  }
}
