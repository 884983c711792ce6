package dev.propensity.tasks.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** What of a refused request's body nobody has read yet. */
final class BodyDrainer {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int BLOCK = 1 << 14;
  // Each holds a thread, of which the other requests need some.
  private static final Semaphore READERS = new Semaphore(16);

  private BodyDrainer() {}

  /**
   * Reads the body to its end, for some seconds at most: a client that still sends when the
   * connection is closed sees a broken connection, and not the answer. Where many such bodies are
   * being read already, this one is not.
   */
  static void read(Context context) {
    if (context.header("Expect") != null) {
      return; // the client waits for the answer before it sends more
    }
    if (!READERS.tryAcquire()) {
      return;
    }
    try {
      readToItsEnd(context);
    } finally {
      READERS.release();
    }
  }

  private static void readToItsEnd(Context context) {
    byte[] rest = new byte[BLOCK];
    long end = System.nanoTime() + TIMEOUT.toNanos();
    try {
      InputStream body = context.bodyInputStream();
      while (System.nanoTime() < end && body.read(rest) >= 0) {
        // to its end
      }
    } catch (IOException e) {
      // the client is gone, and reads no answer either
    }
  }
}
