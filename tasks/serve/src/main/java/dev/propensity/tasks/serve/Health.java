package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelStatus;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Liveness of the process and readiness of a model, as separate checks. */
final class Health {
  static final String PATH = "/api/v1/health";

  private Health() {}

  static void register(RoutesConfig routes, ModelHolder holder) {
    routes.get(PATH, context -> answer(context, 200, holder.get()));
    routes.get(PATH + "/live", context -> json(context, 200, live()));
    routes.get(
        PATH + "/ready",
        context -> {
          ModelStatus state = holder.get();
          answer(context, state.served() == null ? 503 : 200, state);
        });
  }

  private static ObjectNode live() {
    return JsonNodeFactory.instance.objectNode().put("live", true);
  }

  private static void answer(Context context, int status, ModelStatus state) {
    ObjectNode body = live().put("ready", state.served() != null);
    if (state.served() != null) {
      body.put("model", state.served().title());
    } else {
      body.put("waiting", String.valueOf(state.waiting()));
      if (status != 200) {
        context.header("Retry-After", "5");
      }
    }
    json(context, status, body);
  }

  private static void json(Context context, int status, ObjectNode body) {
    context.status(status);
    context.contentType("application/json").result((body + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
