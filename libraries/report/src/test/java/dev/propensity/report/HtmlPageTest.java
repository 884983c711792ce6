package dev.propensity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.report.HtmlPage.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
  @Test
  void highlightsWhatMustNotBeOverlooked() {
    HtmlPage page = new HtmlPage("Report");
    page.alert("Leak", "a < b").caution("Warning", "c & d");
    page.table(
        "Columns", List.of("Name", "Note"), List.of(List.of(Cell.text("a"), Cell.alert("<"))));
    assertThat(page.html())
        .contains("<p class=\"box alert\"><strong>Leak.</strong> a &lt; b</p>")
        .contains("<p class=\"box caution\"><strong>Warning.</strong> c &amp; d</p>")
        .contains("<td><strong class=\"alert\">&lt;</strong></td>")
        .containsOnlyOnce(".box.alert {");
  }

  @Test
  void aPageWithoutBoxesHasNoRulesForThem() {
    assertThat(new HtmlPage("Report").paragraph("fine").html()).doesNotContain(".box");
  }
}
