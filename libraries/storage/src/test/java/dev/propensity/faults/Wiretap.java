package dev.propensity.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy in front of a server that observes each exchange: the moment in which the server begins
 * to respond, before the client receives the response.
 */
public final class Wiretap implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("^[A-Z]+ /.* HTTP/1\\.1");

  private final URI target;
  private final BooleanSupplier passesOn;
  private final Consumer<String> asked;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /**
   * @param target the server's address
   * @param passesOn is called at each exchange; where it returns false, the response is not
   *     delivered
   */
  public Wiretap(URI target, BooleanSupplier passesOn) throws IOException {
    this(target, passesOn, request -> {});
  }

  /**
   * @param asked receives each request's first line, such as {@code GET /bucket/key HTTP/1.1}
   */
  public Wiretap(URI target, BooleanSupplier passesOn, Consumer<String> asked) throws IOException {
    this.target = target;
    this.passesOn = passesOn;
    this.asked = asked;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The address to use instead of the server's. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Closes all connections, as a server does with those that were idle for long. */
  public void hangUp() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Stops forwarding: every connection is closed, and each new one at once. */
  public void cut() throws IOException {
    cut = true;
    hangUp();
  }

  @Override
  public void close() throws IOException {
    server.close();
    hangUp();
  }

  private void accept() {
    try {
      while (true) {
        Socket asker = server.accept();
        Socket asked = new Socket(target.getHost(), target.getPort());
        asker.setTcpNoDelay(true);
        asked.setTcpNoDelay(true);
        open.add(asker);
        open.add(asked);
        if (cut) {
          hangUp();
          continue;
        }
        Line line = new Line(asker, asked);
        start(line::carryQuestions);
        start(line::carryAnswers);
      }
    } catch (IOException e) {
      // closed: the end of it
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wiretap");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Line {
    private final Socket asker;
    private final Socket answering;
    private volatile boolean questioned;

    Line(Socket asker, Socket answering) {
      this.asker = asker;
      this.answering = answering;
    }

    void carryQuestions() {
      carry(
          asker,
          answering,
          (buffer, n) -> {
            if (!questioned) {
              tell(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
            questioned = true;
          });
    }

    void carryAnswers() {
      carry(
          answering,
          asker,
          (buffer, n) -> {
            if (questioned) {
              questioned = false;
              if (!passesOn.getAsBoolean()) {
                throw new IOException("not to be delivered");
              }
            }
          });
    }

    /** A body after 100 Continue is not a request. */
    private void tell(String text) {
      Matcher request = REQUEST.matcher(text);
      if (request.find()) {
        asked.accept(request.group());
      }
    }

    private void carry(Socket from, Socket to, Look look) {
      byte[] buffer = new byte[1 << 16];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          look.atBytes(buffer, n);
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // one side closed; closing notifies the other
      } finally {
        open.remove(from);
        open.remove(to);
      }
    }
  }

  private interface Look {
    void atBytes(byte[] buffer, int n) throws IOException;
  }
}
