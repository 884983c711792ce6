package dev.propensity.endpoint.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A value of a JSON document, with errors that name its path and the expected value. */
final class Setting {
  private final String path;
  private final JsonNode value;

  Setting(String path, JsonNode value) {
    this.path = path;
    this.value = value;
  }

  /** The value of this key; missing where this value is no object or has no such key. */
  Setting at(String key) {
    return new Setting(path + "." + key, value.path(key));
  }

  /** Whether it is missing or null. */
  boolean isAbsent() {
    return value.isMissingNode() || value.isNull();
  }

  String text() {
    return optionalText().orElseThrow(() -> wrong("a text"));
  }

  Optional<String> optionalText() {
    if (isAbsent()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong("a text");
    }
    return Optional.of(value.textValue());
  }

  int number(int least, int most) {
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw wrong(
          "a whole number from " + least + (most == Integer.MAX_VALUE ? "" : " to " + most));
    }
    return value.intValue();
  }

  int numberOr(int otherwise, int least, int most) {
    return isAbsent() ? otherwise : number(least, most);
  }

  /** A list of strings; empty where it is missing. */
  List<String> list() {
    List<String> texts = new ArrayList<>();
    if (isAbsent()) {
      return texts;
    }
    if (!value.isArray()) {
      throw wrong("a list of strings");
    }
    value.forEach(item -> texts.add(new Setting(path + "[" + texts.size() + "]", item).text()));
    return texts;
  }

  /** Strings by key; empty where it is missing. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    keys().forEach(key -> texts.put(key, at(key).text()));
    return texts;
  }

  /** Lists of strings by key; empty where it is missing. */
  Map<String, List<String>> lists() {
    Map<String, List<String>> lists = new TreeMap<>();
    keys().forEach(key -> lists.put(key, at(key).list()));
    return lists;
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (!isAbsent() && !value.isObject()) {
      throw wrong("an object");
    }
    value.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The exception for a value that is not as expected. */
  UserException wrong(String expected) {
    return new UserException(
        path + " must be " + expected + (isAbsent() ? "; it is missing" : ", not " + value));
  }
}
