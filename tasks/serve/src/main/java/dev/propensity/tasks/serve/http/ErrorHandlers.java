package dev.propensity.tasks.serve.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Responds to every failed request with a problem document. */
public final class ErrorHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlers.class);

  private ErrorHandlers() {}

  /** Adds the handlers for errors of the routes. */
  public static void register(RoutesConfig routes) {
    routes.exception(Problem.class, ErrorHandlers::respond);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          if (e instanceof MethodNotAllowedResponse) {
            context.header("Allow", String.join(", ", e.getDetails().values()));
          }
          respond(context, e.getStatus(), HttpStatus.getMessage(e.getStatus()));
        });
    routes.exception(
        IOException.class, // the client disconnected, or sent an incomplete body
        (e, context) -> respond(context, 400, "the body is incomplete"));
    routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.error("internal error: please report it with these lines", e);
          respond(context, 500, "internal error; the details are in the server's log");
        });
  }

  private static void respond(Problem problem, Context context) {
    if (problem.status() == HttpStatus.REQUEST_TIMEOUT_408) {
      context.header("Connection", "close"); // do not wait for its sender any longer
    } else {
      BodyDrainer.read(context);
    }
    context.status(problem.status());
    if (problem.rejectedRows() > 0) {
      context.attribute(Attributes.REJECTED_ROWS, problem.rejectedRows());
    }
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
      context.header("Retry-After", String.valueOf(problem.retrySeconds()));
    }
    context.contentType("application/problem+json");
    String json = problem.json(HttpStatus.getMessage(problem.status()));
    context.result(json.getBytes(StandardCharsets.UTF_8)); // text would use the JVM's charset
  }

  private static void respond(Context context, int status, String detail) {
    respond(new Problem(status, detail), context);
  }
}
