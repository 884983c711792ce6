package dev.propensity.tasks.serve.capture;

/**
 * The rows of an answered request.
 *
 * @param request its id, in UTF-8
 * @param time when it was answered, in milliseconds since 1970
 * @param bytes the captured rows; see {@link RowBytes}
 * @param length of the captured rows in {@code bytes}
 * @param rows how many are captured
 * @param answered how many were answered
 */
record CapturedRows(
    CapturedColumns columns,
    byte[] request,
    long time,
    byte[] bytes,
    int length,
    int rows,
    int answered) {
  private static final int OBJECTS = 160; // what an entry of the queue takes without its bytes

  /** How much memory it takes. */
  long size() {
    return OBJECTS + request.length + bytes.length;
  }
}
