package dev.propensity.tasks.serve.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Server;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache with a store that is slow, unavailable, or back again. */
class LedgerCacheTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(60);

  private static LedgerCache cache(
      Supplier<ArtifactStore> store, Duration fresh, Duration timeout) {
    return LedgerCache.of(store, "unreleased", fresh, timeout);
  }

  @Test
  void saysWhyTheStoreCannotBeReadAndReadsItAgain() {
    AtomicInteger asked = new AtomicInteger();
    LedgerCache cache =
        cache(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new UnavailableException("S3 is away\nand more");
              }
              return S3.store();
            },
            NONE,
            LONG);
    assertThat(cache.current().note()).isEqualTo("S3 is away");
    LedgerSnapshot read = cache.current();
    assertThat(read.note()).isNull();
    assertThat(read.read()).isNotNull();
  }

  @Test
  void anInternalErrorIsNotTheCallers() {
    LedgerCache cache =
        cache(
            () -> {
              throw new IllegalStateException("planted");
            },
            NONE,
            LONG);
    assertThat(cache.current().note()).startsWith("internal error").doesNotContain("planted");
  }

  @Test
  void metricsDoNotWaitForASlowStoreAndPeopleNotForLong() {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    LedgerCache cache =
        cache(
            () -> {
              asked.incrementAndGet();
              try {
                slow.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return S3.store();
            },
            NONE,
            Duration.ofMillis(50));
    assertThat(cache.known().read()).isNull(); // it would wait forever
    assertThat(cache.current().note()).isEqualTo("the store does not respond");
    assertThat(cache.known().note()).isEqualTo("the ledgers have not been read yet");
    assertThat(asked).hasValue(1); // one reading at a time
    slow.countDown();
    LedgerSnapshot now = cache.current();
    for (int attempt = 0; attempt < 200 && now.read() == null; attempt++) {
      now = cache.current();
    }
    assertThat(now.read()).isNotNull();
  }

  @Test
  void readsOnceForManyWhoAskWithinSomeSeconds() {
    AtomicInteger asked = new AtomicInteger();
    LedgerCache cache =
        cache(
            () -> {
              asked.incrementAndGet();
              return S3.store();
            },
            LONG,
            LONG);
    LedgerSnapshot first = cache.current();
    int once = asked.get();
    assertThat(cache.current()).isSameAs(first);
    assertThat(cache.known()).isSameAs(first);
    assertThat(asked).hasValue(once);
  }
}
