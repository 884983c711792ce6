package dev.propensity.tasks.serve.http;

/** A request that is refused: its HTTP status and one line that says what is wrong. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public Problem(int status, String detail) {
    super(oneLine(detail), null, false, false); // an answer, no defect: nobody reads its trace
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** The refusal as an RFC 9457 document. */
  public static String json(int status, String title, String detail) {
    StringBuilder out = new StringBuilder(128 + detail.length());
    out.append("{\"title\":");
    JsonText.append(out, title);
    out.append(",\"status\":").append(status).append(",\"detail\":");
    JsonText.append(out, oneLine(detail));
    return out.append("}\n").toString();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
