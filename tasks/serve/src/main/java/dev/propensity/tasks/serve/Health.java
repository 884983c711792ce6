package dev.propensity.tasks.serve;

import dev.propensity.tasks.serve.http.JsonText;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelStatus;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Whether the process lives, and whether a model is ready, apart. */
final class Health {
  static final String PATH = "/api/v1/health";

  private Health() {}

  static void register(RoutesConfig routes, ModelHolder holder) {
    routes.get(PATH, context -> answer(context, 200, holder.get()));
    routes.get(PATH + "/live", context -> json(context, 200, "{\"live\":true}\n"));
    routes.get(
        PATH + "/ready",
        context -> {
          ModelStatus state = holder.get();
          answer(context, state.served() == null ? 503 : 200, state);
        });
  }

  private static void answer(Context context, int status, ModelStatus state) {
    StringBuilder out = new StringBuilder("{\"live\":true,\"ready\":");
    out.append(state.served() != null);
    if (state.served() != null) {
      out.append(",\"model\":");
      JsonText.append(out, state.served().title());
    } else {
      out.append(",\"waiting\":");
      JsonText.append(out, String.valueOf(state.waiting()));
      if (status != 200) {
        context.header("Retry-After", "5");
      }
    }
    json(context, status, out.append("}\n").toString());
  }

  private static void json(Context context, int status, String body) {
    context.status(status);
    context.contentType("application/json").result(body.getBytes(StandardCharsets.UTF_8));
  }
}
