package dev.propensity.tasks.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What of a refused request's body nobody has read yet. */
final class UnreadBody {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BLOCK = 1 << 14;

  private UnreadBody() {}

  /**
   * Reads the body to its end, for some seconds at most: a client that still sends when the
   * connection is closed sees a broken connection, and not the answer.
   */
  static void read(Context context) {
    if (context.header("Expect") != null) {
      return; // the client waits for the answer before it sends more
    }
    byte[] rest = new byte[BLOCK];
    long end = System.nanoTime() + PATIENCE.toNanos();
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
