package dev.propensity.task;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The command line's arguments: parsed, or an error of one line. */
final class Arguments {
  private static final String RESULT = "--result";

  private Arguments() {}

  /** Parses the arguments into the task's options; returns the error, if any. */
  static Optional<String> parse(CommandLine line, String... arguments) {
    String hint = "; see " + line.getCommandName() + " --help";
    String error = null;
    line.setUnmatchedArgumentsAllowed(
        true); // reported before options that are missing because of them
    try {
      line.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      error = e.getMessage();
    }
    List<String> unknown = line.getUnmatchedArguments();
    if (!unknown.isEmpty()) {
      String first =
          unknown.stream().filter(text -> text.startsWith("-")).findFirst().orElse(unknown.get(0));
      var exception = new CommandLine.UnmatchedArgumentException(line, List.of(first));
      error =
          exception.getSuggestions().isEmpty()
              ? exception.getMessage()
              : exception.getMessage() + ", perhaps " + exception.getSuggestions().get(0);
    }
    return Optional.ofNullable(error).map(text -> text + hint);
  }

  /** The value of {@code --result}, even if other arguments are invalid, or null. */
  static @Nullable String result(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(RESULT + "=")) {
        return arguments[i].substring(RESULT.length() + 1);
      }
      if (arguments[i].equals(RESULT) && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
    }
    return null;
  }
}
