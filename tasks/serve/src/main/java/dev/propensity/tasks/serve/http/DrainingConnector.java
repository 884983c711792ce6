package dev.propensity.tasks.serve.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector that allows a slow client to finish its request while the server stops. Jetty's own
 * closes every connection that is idle for a second during shutdown, even one whose body is still
 * arriving.
 */
public final class DrainingConnector extends ServerConnector {
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 1;

  private final Duration timeout;

  /**
   * @param timeout how long a request in flight may be idle while the server stops
   */
  public DrainingConnector(Server jetty, HttpConfiguration http, Duration timeout) {
    super(jetty, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http));
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    CompletableFuture<Void> done = super.shutdown();
    for (EndPoint client : getConnectedEndPoints()) {
      Connection connection = client.getConnection();
      if (connection != null && connection.getMessagesIn() > connection.getMessagesOut()) {
        client.setIdleTimeout(timeout.toMillis());
      }
    }
    return done;
  }
}
