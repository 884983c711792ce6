package dev.propensity.tasks.serve.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.tasks.serve.http.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The parts of a form, in chunks of any size. */
class MultipartTest {
  private static final String BOUNDARY = "--Bound";
  private static final String TYPE = "multipart/form-data; boundary=\"" + BOUNDARY + '"';

  private static List<String> parts(byte[] form, int chunk) throws IOException {
    Multipart multipart = new Multipart(new Chunks(form, chunk), TYPE);
    List<String> parts = new ArrayList<>();
    for (PartHeaders part = multipart.next(); part != null; part = multipart.next()) {
      byte[] content = multipart.content().readAllBytes();
      parts.add(part.name() + "=" + new String(content, StandardCharsets.ISO_8859_1));
    }
    return parts;
  }

  private static List<String> parts(String form) throws IOException {
    return parts(form.getBytes(StandardCharsets.ISO_8859_1), 5);
  }

  @Test
  void skipsThePreambleAndWhatIsNotRead() throws Exception {
    String form =
        "preamble\r\n----Bound  \r\nContent-Disposition: form-data; name=a;"
            + " filename=\"x;\\\"y\"\r\n\r\n1\r\n"
            + "----Bound\r\nContent-Disposition: form-data;"
            + " name=b\r\n\r\n----Bound\r\n\r\n\r\n----Bound--epilogue";
    assertThat(parts(form)).containsExactly("a=1", "b=", "=");
    Multipart unread =
        new Multipart(new ByteArrayInputStream(form.getBytes(StandardCharsets.US_ASCII)), TYPE);
    assertThat(unread.next().fileName()).isEqualTo("x;\"y");
    assertThat(unread.next().name()).isEqualTo("b");
  }

  @Test
  void rejectsWhatBreaksOffOrHasNoBound() {
    for (String broken :
        List.of(
            "",
            "----Bound",
            "----Bound\r\n",
            "----Bound\r\nA: b",
            "----Boundx\r\n\r\n",
            "----Bound\r\nA: b\n\n",
            "----Bound\r\n" + "A: bcdefgh\r\n".repeat(1000),
            "----Bound\r\n\r\ncontent\r\n----Boun")) {
      assertThatThrownBy(() -> parts(broken)).as(broken).isInstanceOf(Problem.class);
    }
    for (String type :
        List.of(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "x".repeat(71),
            "text/csv")) {
      assertThatThrownBy(() -> new Multipart(new ByteArrayInputStream(new byte[0]), type))
          .isInstanceOf(Problem.class);
    }
  }

  /** Contents with many near-delimiters. */
  @Provide
  Arbitrary<String> content() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "\r\n",
                "\r",
                "\n",
                "--",
                "\r\n--",
                "\r\n----Boun",
                "----Bound",
                "\r\n---Bound",
                "-"),
            Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(20),
            Arbitraries.just("x".repeat(70_000)))
        .list()
        .ofMaxSize(12)
        .map(list -> String.join("", list))
        .filter(text -> !("\r\n" + text).contains("\r\n----Bound"));
  }

  @Property(tries = 1000)
  void givesEachPartAsItWasSent(
      @ForAll @Size(max = 4) List<@net.jqwik.api.From("content") String> contents,
      @ForAll @IntRange(min = 1, max = 100) int chunk)
      throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      String head = "----Bound\r\nContent-Disposition: form-data; name=\"f" + i + "\"\r\n\r\n";
      form.writeBytes((head + contents.get(i) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      expected.add("f" + i + "=" + contents.get(i));
    }
    form.writeBytes("----Bound--\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(parts(form.toByteArray(), chunk * chunk)).isEqualTo(expected);
  }

  @Property(tries = 2000)
  void whateverArrivesIsReadOrRejected(
      @ForAll("content") String content,
      @ForAll byte[] noise,
      @ForAll @IntRange(min = 0, max = 120) int at)
      throws IOException {
    String form =
        "----Bound\r\nContent-Disposition: form-data; name=\"data_file\"\r\n\r\n"
            + content
            + "\r\n----Bound--";
    byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
    int place = Math.min(at, bytes.length);
    byte[] all = Arrays.copyOf(bytes, bytes.length + noise.length);
    System.arraycopy(noise, 0, all, place, noise.length);
    System.arraycopy(bytes, place, all, place + noise.length, bytes.length - place);
    try {
      parts(all, 17);
    } catch (Problem e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  /** Returns a few bytes at a time, like a slow network. */
  private static final class Chunks extends FilterInputStream {
    private final int most;

    Chunks(byte[] bytes, int most) {
      super(new ByteArrayInputStream(bytes));
      this.most = most;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return super.read(into, offset, Math.min(length, most));
    }
  }
}
