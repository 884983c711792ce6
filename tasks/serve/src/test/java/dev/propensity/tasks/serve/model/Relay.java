package dev.propensity.tasks.serve.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Forwards a port to another server until it is cut: then connections break and are refused. */
public final class Relay implements AutoCloseable {
  private static final int ATTEMPTS = 1000;
  private static final long PAUSE_NANOS = 10_000_000;

  private volatile URI target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;

  /** Relays to this server; starts disconnected. */
  public Relay(URI target) throws IOException {
    this.target = target;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  /** Relays new connections to another server. */
  public Relay to(URI other) {
    target = other;
    return this;
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  public synchronized Relay join() throws IOException {
    ServerSocket socket = bound();
    listener = socket;
    daemon(() -> accept(socket));
    return this;
  }

  /** The port is in use until the thread that accepted connections has noticed the cut. */
  private ServerSocket bound() throws IOException {
    for (int attempt = 1; ; attempt++) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
      } catch (BindException e) {
        socket.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  public synchronized void cut() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    if (listener != null) {
      cut();
    }
  }

  private void accept(ServerSocket socket) throws IOException {
    while (true) {
      Socket client = socket.accept();
      URI now = target;
      Socket server = new Socket(now.getHost(), now.getPort());
      open.add(client);
      open.add(server);
      daemon(() -> pass(client.getInputStream(), server.getOutputStream()));
      daemon(() -> pass(server.getInputStream(), client.getOutputStream()));
    }
  }

  private static void pass(InputStream in, OutputStream out) throws IOException {
    try (in;
        out) {
      in.transferTo(out);
    }
  }

  private interface RelayAction {
    void run() throws IOException;
  }

  private static void daemon(RelayAction work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the connection was cut, or ended
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
