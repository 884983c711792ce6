package dev.propensity.tasks.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Drains the unread body of a rejected request. */
final class BodyDrainer {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int BLOCK = 1 << 14;
  // Each takes a thread, and other requests need threads too.
  private static final Semaphore READERS = new Semaphore(16);

  private BodyDrainer() {}

  /**
   * Reads the body to its end, for some seconds at most: a client that is still sending when the
   * connection is closed gets a connection error instead of the response. Does nothing if many
   * bodies are being drained already.
   */
  static void read(Context context) {
    if (context.header("Expect") != null) {
      return; // the client waits for the response before it sends more
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
      // the client is gone, and does not read the response
    }
  }
}
