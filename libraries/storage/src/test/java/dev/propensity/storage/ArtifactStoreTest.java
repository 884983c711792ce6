package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;
  private final ArtifactStore store = S3.store();
  private Computation computation;

  @BeforeEach
  void compute(TestInfo test) throws IOException {
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("whole", new DoubleNode(1.0));
    parameters.put("test", new TextNode(test.getDisplayName()));
    computation =
        new Computation(
            "toys", Origin.REAL, "copy", Digest.of("code"), parameters, new TreeMap<>());
    Files.createDirectories(folder.resolve("work/code"));
    write("a.txt", "first");
    write("code/b.py", "second");
  }

  @Test
  void keysBelowTheRootDoNotDependOnIt() {
    for (String root : new String[] {"", "store", "a/b"}) {
      S3Location location = new S3Location("bucket", root);
      ArtifactStore other = new ArtifactStore(S3.objects(), location);
      assertThat(other.relative(location.resolve("toys/train/0"))).isEqualTo("toys/train/0");
    }
  }

  @Test
  void findsWhatWasCommittedAndBringsItsFiles() throws Exception {
    Artifact made = commit();
    assertThat(made.uri()).isEqualTo(computation.location(S3.root()));
    assertThat(store.find(made.uri())).hasValue(made);
    assertThat(store.require(made.uri(), "copy")).isEqualTo(made);
    assertThat(store.isComplete(made)).isTrue();
    assertThat(made.manifest().files())
        .isEqualTo(
            Map.of(
                "a.txt", new FileEntry(5, Digest.of("first")),
                "code/b.py", new FileEntry(6, Digest.of("second"))));
    store.fetch(made, folder.resolve("all"));
    assertThat(folder.resolve("all/code/b.py")).hasContent("second");
    store.fetch(made, folder.resolve("one"), "a.txt");
    assertThat(folder.resolve("one/a.txt")).hasContent("first");
    assertThat(folder.resolve("one/code")).doesNotExist();
  }

  @Test
  void thereIsNoArtifactWithoutItsManifest() {
    S3Location uri = computation.location(S3.root());
    S3.objects().write(uri.resolve("a.txt"), bytes("first"));
    assertThat(store.find(uri)).isEmpty();
    assertThatThrownBy(() -> store.require(uri, "copy"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no artifact at " + uri);
  }

  @Test
  void rejectsWhatAnotherTaskWrote() throws Exception {
    Artifact made = commit();
    assertThatThrownBy(() -> store.require(made.uri(), "preprocess"))
        .isInstanceOf(UserException.class)
        .hasMessage(made.uri() + " is what copy wrote; an artifact of preprocess is expected");
  }

  @Test
  void theSameAgainIsDone() throws Exception {
    assertThat(commit()).isEqualTo(commit());
  }

  @Test
  void otherBytesAreAnErrorThatNamesTheFilesAndLeavesTheOldOnes() throws Exception {
    Artifact made = commit();
    write("a.txt", "other");
    write("new.txt", "new");
    assertThatThrownBy(this::commit)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("not reproducible: a.txt, new.txt differ from");
    assertThat(S3.objects().read(made.uri().resolve("a.txt"))).hasValue(bytes("first"));
    assertThat(S3.objects().read(made.uri().resolve("new.txt"))).isEmpty();
  }

  @Test
  void missingAndDamagedFilesAreRepaired() throws Exception {
    Artifact made = commit();
    S3.objects().delete(made.uri().resolve("a.txt"));
    S3.objects().write(made.uri().resolve("code/b.py"), bytes("sec0nd"));
    assertThat(store.isComplete(made)).isFalse();
    assertThat(commit()).isEqualTo(made);
    assertThat(store.isComplete(made)).isTrue();
    assertThat(store.fetch(made, folder.resolve("all")).resolve("code/b.py")).hasContent("second");
  }

  @Test
  void aDamagedFileIsNamedByTheLastRead() throws Exception {
    Artifact made = commit();
    S3Location file = made.uri().resolve("a.txt");
    S3.objects().write(file, bytes("f1rst"));
    assertThatThrownBy(() -> store.fetch(made, folder.resolve("all")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is damaged: 5 bytes with SHA-256 ");
    S3.objects().write(file, bytes("first and more"));
    assertThat(store.isComplete(made)).isFalse();
    assertThatThrownBy(() -> store.fetch(made, folder.resolve("all2")))
        .hasMessageContaining("14 bytes");
    S3.objects().delete(file);
    assertThatThrownBy(() -> store.fetch(made, folder.resolve("all3")))
        .hasMessage("no such object: " + file);
  }

  @Test
  void aDamagedManifestIsNamed() throws Exception {
    Artifact made = commit();
    S3Location manifest = made.uri().resolve(Manifest.NAME);
    for (String damaged : new String[] {"", "{\"schema\":1", "[]", "{\"schema\":2}"}) {
      S3.objects().write(manifest, bytes(damaged));
      assertThatThrownBy(() -> store.find(made.uri()))
          .as(damaged)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(manifest.toString());
    }
  }

  @Test
  void aManifestThatWasMovedOrAlteredIsNamed() throws Exception {
    Artifact made = commit();
    byte[] bytes = S3.objects().read(made.uri().resolve(Manifest.NAME)).orElseThrow();
    S3Location elsewhere = new S3Location("propensity", "store/toys/copy/" + Digest.of("no"));
    S3.objects().write(elsewhere.resolve(Manifest.NAME), bytes);
    assertThatThrownBy(() -> store.find(elsewhere))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not of this artifact");
  }

  @Test
  void rejectsAFileThatTheArtifactDoesNotHave() throws Exception {
    Artifact made = commit();
    assertThatThrownBy(() -> store.open(made, "c.txt"))
        .isInstanceOf(UserException.class)
        .hasMessage(made.uri() + " has no file c.txt; it has a.txt, code/b.py");
  }

  private Artifact commit() {
    return store.commit(computation, folder.resolve("work"));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve("work").resolve(file), text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
