package dev.propensity.tasks.register;

import dev.propensity.testing.HelpText;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RegisterHelpTest {
  @Test
  void saysWhatItSaid() throws IOException {
    HelpText.assertUnchanged(new RegisterTask());
  }
}
