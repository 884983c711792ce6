package dev.propensity.task;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Arguments stored on S3: {@code @s3://bucket/key} is an object with a JSON list of strings, which
 * replace it. This passes a specification to a container whose arguments may have 256 characters
 * each (Amazon SageMaker) or 8,192 in all (Amazon ECS).
 */
final class StoredArguments {
  private static final String PREFIX = "@s3://";

  private StoredArguments() {}

  /**
   * The arguments with those from S3 inserted.
   *
   * @throws UserException if there is no such object, or it is not a list of strings
   */
  static String[] expand(TaskEnvironment environment, String... arguments) {
    if (Arrays.stream(arguments).noneMatch(word -> word.startsWith(PREFIX))) {
      return arguments;
    }
    List<String> words = new ArrayList<>();
    for (String word : arguments) {
      if (word.startsWith(PREFIX)) {
        words.addAll(List.of(read(environment, word)));
      } else {
        words.add(word);
      }
    }
    return words.toArray(String[]::new);
  }

  private static String[] read(TaskEnvironment environment, String word) {
    byte[] json =
        environment
            .objects()
            .read(S3Location.parseObject(word.substring(1)))
            .orElseThrow(() -> new UserException(word + ": there is no such object"));
    String[] words = CanonicalJson.read(json, String[].class, word);
    if (words == null || Arrays.stream(words).anyMatch(Objects::isNull)) {
      throw new UserException(word + " is not valid: it must be a JSON list of strings");
    }
    return words;
  }
}
