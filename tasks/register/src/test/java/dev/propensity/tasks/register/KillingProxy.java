package dev.propensity.tasks.register;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server, counts the requests that pass, and at a certain one does something after
 * the server has answered, while whoever asked never hears of it.
 */
final class KillingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final URI target;
  private final AtomicInteger requests;
  private final int last;
  private final Runnable kill;

  /**
   * @param requests counted so far; several proxies may share it
   * @param last the request whose answer is not passed on
   * @param kill what happens then
   */
  KillingProxy(URI target, AtomicInteger requests, int last, Runnable kill) throws IOException {
    this.target = target;
    this.requests = requests;
    this.last = last;
    this.kill = kill;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(target.getHost(), target.getPort());
      AtomicInteger current = new AtomicInteger();
      start(() -> passRequests(client, server, current));
      start(() -> passAnswers(client, server, current));
    }
  }

  private void passRequests(Socket client, Socket server, AtomicInteger current)
      throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    OutputStream out = server.getOutputStream();
    for (byte[] head = head(in); head.length > 0; head = head(in)) {
      current.set(requests.incrementAndGet());
      out.write(head);
      out.flush();
      String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      if (text.contains("transfer-encoding: chunked")) {
        throw new IOException("a request of unknown length");
      }
      int start = text.indexOf("\r\ncontent-length:");
      if (start >= 0) {
        int end = text.indexOf("\r\n", start + 2);
        long length = Long.parseLong(text.substring(start + 17, end).trim());
        out.write(in.readNBytes((int) length));
        out.flush();
      }
    }
    server.shutdownOutput();
  }

  private void passAnswers(Socket client, Socket server, AtomicInteger current) throws IOException {
    InputStream in = server.getInputStream();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      boolean interim =
          new String(buffer, 0, Math.min(n, 12), StandardCharsets.ISO_8859_1).endsWith(" 100");
      if (current.get() >= last && !interim) {
        kill.run();
        client.close();
        server.close();
        return;
      }
      client.getOutputStream().write(buffer, 0, n);
    }
    client.close();
  }

  /** The bytes up to the empty line; none where the client is done. */
  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      head.write(next);
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two ends is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
