package dev.propensity.tasks.serve;

import dev.propensity.dataset.Encoder;
import dev.propensity.model.Model;
import dev.propensity.tasks.serve.http.JsonText;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.model.State;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code GET /}: for people, which model answers, how good it is, how to ask it. */
final class ModelPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private ModelPage() {}

  static void answer(Context context, State state) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.contentType("text/html;charset=utf-8");
    context.status(state.served() == null ? 503 : 200);
    context.result(html(state, context.scheme() + "://" + context.host()));
  }

  static String html(State state, String address) {
    ServedModel served = state.served();
    String title = served == null ? "No model yet" : served.title();
    StringBuilder out = new StringBuilder(4096);
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><meta name=\"viewport\" content=\"width=device-width\"><style>")
        .append("body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;")
        .append("padding:0 1rem}pre{background:#f3f3f3;padding:1rem;overflow-x:auto}")
        .append("td{padding:0 1.5rem 0 0}</style></head><body>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    if (served == null) {
      out.append("<p>").append(escaped(state.waiting())).append("</p>\n");
    } else {
      table(out, facts(state));
      how(out, served, address);
    }
    if (state.refused() != null) {
      out.append("<p>Release ").append(state.refused().release()).append(" was refused: ");
      out.append(escaped(state.refused().reason())).append("</p>\n");
    }
    return out.append("</body></html>\n").toString();
  }

  private static Map<String, String> facts(State state) {
    ServedModel served = state.served();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Model", served.uri());
    facts.put("Digest", served.digest().hex());
    if (state.release() > 0) {
      facts.put("Release", String.valueOf(state.release()));
    }
    facts.put("Since", state.since().toString());
    Double auc = served.metrics().get("auc");
    if (auc != null) {
      facts.put("ROC AUC on the test split", String.format(Locale.ROOT, "%.4f", auc));
    }
    facts.put(
        "Label 1 from the score", String.format(Locale.ROOT, "%.4f", served.model().threshold()));
    return facts;
  }

  private static void table(StringBuilder out, Map<String, String> facts) {
    out.append("<table>\n");
    facts.forEach(
        (name, value) ->
            out.append("<tr><td>")
                .append(escaped(name))
                .append("</td><td>")
                .append(escaped(value))
                .append("</td></tr>\n"));
    out.append("</table>\n");
  }

  private static void how(StringBuilder out, ServedModel served, String address) {
    if (served.model().samples().isEmpty()) {
      return;
    }
    out.append("<p>Ask it with rows as CSV or JSON:</p>\n<pre>")
        .append(escaped(curl(served.model(), address)))
        .append("</pre>\n<p>What answers, for programs: ")
        .append("<a href=\"/api/v1/model\">/api/v1/model</a></p>\n");
  }

  /** A command that works when pasted: a sample row in JSON. */
  private static String curl(Model model, String address) {
    Map<String, String> sample = model.samples().get(0).row();
    StringBuilder row = new StringBuilder();
    for (Encoder.Feature feature : model.encoder().features()) {
      String cell = sample.get(feature.column().name());
      if (cell != null && !cell.isEmpty()) {
        row.append(row.length() == 0 ? "[{" : ", ");
        JsonText.append(row, feature.column().name());
        row.append(": ");
        JsonText.append(row, cell);
      }
    }
    String quoted = row.append("}]").toString().replace("'", "'\\''");
    return "curl -H 'Content-Type: application/json' \\\n  --data '"
        + quoted
        + "' \\\n  "
        + address
        + "/invocations";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
